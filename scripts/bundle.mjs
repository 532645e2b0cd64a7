// The JavaScript of the package, one file per way of loading the wasm. Loaded only when esbuild is installed.
import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { crateField } from "./manifests.mjs";
import { inRoot, root } from "./paths.mjs";

/** @type {{ entry: string, file: string, format: "esm" | "cjs" }[]} */
const bundles = [
  { entry: "inline", file: "index.js", format: "esm" },
  { entry: "inline", file: "index.cjs", format: "cjs" },
  { entry: "workerd", file: "index.workerd.js", format: "esm" },
  { entry: "edge-light", file: "index.edge-light.js", format: "esm" },
];

/** What runs in Node: the command line, and the parts of it that are loaded only when they are asked for. */
const programs = [
  { entry: "js/cli/main.ts", file: "cli.js" },
  { entry: "js/dashboard/command.ts", file: "dashboard.js" },
  { entry: "js/practice/command.ts", file: "practice.js" },
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
    // The default export of a module of this kind is the base64 text.
    onLoad({ filter: /.*/, namespace: "wasm-base64" }, ({ path }) => ({
      contents: readFileSync(path),
      loader: "base64",
    }));
    // Compiled by the runtime that loads the package, from the file beside the bundle.
    onResolve({ filter: /^\.\/core\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
  },
};

/**
 * In the package, the programs lie beside the library and beside each other.
 * @type {import("esbuild").Plugin}
 */
const neighbours = {
  name: "neighbours",
  setup({ onResolve }) {
    onResolve({ filter: /^upbit-cancel-order$/ }, () => ({ path: "./index.js", external: true }));
    onResolve({ filter: /^\.\.\/\w+\/command\.ts$/ }, ({ path }) => ({
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
    bundlePage(folder, changes),
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

/** The dashboard's page. It asks its server for the library. @param {string} folder @param {Changes} [changes] */
async function bundlePage(folder, changes) {
  await build({
    absWorkingDir: root,
    entryPoints: ["www/main.ts"],
    outfile: `${folder}/www/main.js`,
    format: "esm",
    bundle: true,
    target: "es2022",
    external: ["./upbit-cancel-order.js"],
    legalComments: "none",
    logLevel: "silent",
    ...changes,
  });
}

/** @param {typeof bundles[number]} one @param {string} folder @param {Changes} [changes] */
async function bundleOne({ entry, file, format }, folder, changes) {
  await build({
    absWorkingDir: root,
    entryPoints: [`js/entries/${entry}.ts`],
    outfile: `${folder}/${file}`,
    format,
    bundle: true,
    minify: true,
    platform: "neutral",
    target: "es2022",
    inject: ["js/load/text-coding.ts"],
    define: { __VERSION__: JSON.stringify(crateField("version")) },
    legalComments: "none",
    logLevel: "silent",
    plugins: [core],
    ...changes,
  });
}
