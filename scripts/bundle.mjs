// The JavaScript of the package, one file per way of loading the wasm. Loaded only when esbuild is installed.
/// <reference path="lzma.d.ts" />
import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { compress } from "lzma";
import { decompress } from "../js/load/lzma.js";
import { crateField } from "./manifests.mjs";
import { inRoot, root } from "./paths.mjs";

/** @type {{ entry: string, file: string, format: "esm" | "cjs" }[]} */
const bundles = [
  { entry: "inline-compressed", file: "index.js", format: "esm" },
  { entry: "inline", file: "index.node.js", format: "esm" },
  { entry: "inline", file: "index.cjs", format: "cjs" },
  { entry: "workerd", file: "index.workerd.js", format: "esm" },
  { entry: "edge-light", file: "index.edge-light.js", format: "esm" },
];

/** What runs in Node: the command line, and the parts of it that are loaded only when they are asked for. */
const programs = [
  { entry: "js/cli/main.js", file: "cli.js" },
  { entry: "js/dashboard/command.js", file: "dashboard.js" },
  { entry: "js/practice/command.js", file: "practice.js" },
];

/** What the sources import by a name that only the build can resolve. @type {import("esbuild").Plugin} */
const core = {
  name: "core",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#glue$/ }, () => ({ path: inRoot("target/wasm-pack/core_bg.js") }));
    onResolve({ filter: /^#wasm-base64$/ }, () => ({
      path: inRoot("target/wasm-pack/core_bg.wasm"),
      namespace: "wasm-base64",
    }));
    onResolve({ filter: /^#wasm-compressed$/ }, ({ path }) => ({ path, namespace: "wasm-compressed" }));
    onLoad({ filter: /.*/, namespace: "wasm-compressed" }, compressedCore);
    // The default export of a module of this kind is the base64 text.
    onLoad({ filter: /.*/, namespace: "wasm-base64" }, ({ path }) => ({
      contents: readFileSync(path),
      loader: "base64",
    }));
    // Compiled by the runtime that loads the package, from the file beside the bundle.
    onResolve({ filter: /^\.\/core\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
  },
};

function compressedCore() {
  const wasm = readFileSync(inRoot("target/wasm-pack/core_bg.wasm"));
  // A header of 13 bytes comes first: settings and size.
  const compressed = Buffer.from(compress(wasm, 9)).subarray(13);
  if (!wasm.equals(decompress(compressed, wasm.length))) throw new Error("lzma.js does not give back the wasm");
  const exports = { base64: compressed.toString("base64"), size: wasm.length };
  const lines = Object.entries(exports).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
  return { contents: lines.join("\n") };
}

/**
 * In the package, the programs lie beside the library and beside each other.
 * @type {import("esbuild").Plugin}
 */
const neighbours = {
  name: "neighbours",
  setup({ onResolve }) {
    onResolve({ filter: /^upbit-cancel-order$/ }, () => ({ path: "./index.node.js", external: true }));
    onResolve({ filter: /^\.\.\/\w+\/command\.js$/ }, ({ path }) => ({
      path: `./${path.split("/")[1]}.js`,
      external: true,
    }));
  },
};

/** @typedef {Pick<import("esbuild").BuildOptions, "minify" | "sourcemap">} Changes */

/** @param {string} folder @param {Changes} [changes] what is to be otherwise than in what is published */
export async function bundle(folder, changes) {
  await Promise.all([
    ...bundles.map((one) => bundleOne(one, folder, changes)),
    ...programs.map((one) => bundleProgram(one, folder, changes)),
  ]);
}

/**
 * Not minified: whoever gives it keys may want to read it.
 * @param {typeof programs[number]} one
 * @param {string} folder
 * @param {Changes} [changes]
 */
async function bundleProgram({ entry, file }, folder, changes) {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: `${folder}/${file}`,
    format: "esm",
    bundle: true,
    platform: "node",
    target: "node20",
    legalComments: "none",
    logLevel: "silent",
    plugins: [neighbours],
    ...changes,
  });
}

/** @param {typeof bundles[number]} one @param {string} folder @param {Changes} [changes] */
async function bundleOne({ entry, file, format }, folder, changes) {
  await build({
    absWorkingDir: root,
    entryPoints: [`js/entries/${entry}.js`],
    outfile: `${folder}/${file}`,
    format,
    bundle: true,
    minify: true,
    platform: "neutral",
    target: "es2022",
    inject: ["js/load/text-coding.js"],
    define: { __VERSION__: JSON.stringify(crateField("version")) },
    legalComments: "none",
    logLevel: "silent",
    plugins: [core],
    ...changes,
  });
}
