// Bundles the JavaScript of the package: the library (one file per way of loading the wasm), the programs and the page. Nothing is
// minified, so that users can read the code that they give keys to. Import this module only after esbuild is installed.
import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { crateField } from "./manifests.mjs";
import { inRoot, root } from "./paths.mjs";

/** Resolves the imports of the library that only exist in the build. @type {import("esbuild").Plugin} */
const core = {
  name: "core",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#glue$/ }, () => ({ path: inRoot("target/wasm-pack/core_bg.js") }));
    // A relative path, because it appears in a comment of the bundle.
    onResolve({ filter: /^#wasm-hex$/ }, () => ({ path: "core.wasm", namespace: "wasm-hex" }));
    // The default export is the wasm in hexadecimal digits, which compress better than base64.
    onLoad({ filter: /.*/, namespace: "wasm-hex" }, () => ({
      contents: readFileSync(inRoot("target/wasm-pack/core_bg.wasm"), "hex"),
      loader: "text",
    }));
    // The runtime compiles this file, which is in the same folder as the bundle.
    onResolve({ filter: /^\.\/core\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** In the package, the library and the programs are in the same folder. @type {import("esbuild").Plugin} */
const siblings = {
  name: "siblings",
  setup({ onResolve }) {
    onResolve({ filter: /^upbit-cancel-order$/ }, () => ({ path: "./index.js", external: true }));
    onResolve({ filter: /^\.\.\/\w+\/command\.ts$/ }, ({ path }) => ({
      path: `./${path.split("/")[1]}.js`,
      external: true,
    }));
  },
};

/** @typedef {import("esbuild").BuildOptions} Options */

/** @param {string} entry @param {string} outfile @param {Options} [more] @returns {Options} */
const library = (entry, outfile, more) => ({
  entryPoints: [`js/entries/${entry}.ts`],
  outfile,
  platform: "neutral",
  target: "es2022",
  inject: ["js/load/text-coding.ts"],
  define: { __VERSION__: JSON.stringify(crateField("version")) },
  plugins: [core],
  ...more,
});

/** @param {string} entry @param {string} outfile @returns {Options} */
const program = (entry, outfile) => ({
  entryPoints: [entry],
  outfile,
  platform: "node",
  target: "node20",
  plugins: [siblings],
});

/** The page loads the library from the dashboard's server. @type {Options} */
const page = {
  entryPoints: ["www/main.ts"],
  outfile: "www/main.js",
  target: "es2022",
  external: ["./upbit-cancel-order.js"],
};

const bundles = () => [
  library("inline", "index.js"),
  library("inline", "index.cjs", { format: "cjs" }),
  library("workerd", "index.workerd.js"),
  library("edge-light", "index.edge-light.js"),
  program("js/cli/main.ts", "cli.js"),
  program("js/dashboard/command.ts", "dashboard.js"),
  program("js/practice/command.ts", "practice.js"),
  page,
];

/** @param {string} folder @param {Options} [changes] differences from the published package */
export async function bundle(folder, changes) {
  const common = /** @type {const} */ ({
    format: "esm",
    bundle: true,
    legalComments: "none",
    logLevel: "silent",
    // Do not escape Korean text.
    charset: "utf8",
  });
  const buildOne = (/** @type {Options} */ one) =>
    build({ absWorkingDir: root, ...common, ...one, outfile: `${folder}/${one.outfile}`, ...changes });
  await Promise.all(bundles().map(buildOne));
}
