// Everything that npm publishes, and why. What has no reason here is not to be published.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/paths.mjs";
import { runOrFail } from "../../scripts/run.mjs";

/** @type {[path: string | RegExp, reason: string][]} */
const reasons = [
  ["package.json", "what npm, runtimes and bundlers go by"],
  ["README.md", "what npm shows"],
  ["README.ko.md", "the same in Korean"],
  ["CHANGELOG.md", "what an update brings"],
  ["SECURITY.md", "what README refers to"],
  [/^docs\/[\w-]+\.(md|svg)$/, "likewise"],
  [/^docs\/screenshots\/(three-hundred|korean)\.png$/, "the pictures that README and docs show"],
  ["LICENSE-APACHE", "one of the two licences, which have to accompany copies"],
  ["LICENSE-MIT", "the other"],
  ["THIRD-PARTY-LICENSES.txt", "those of what is linked into the wasm, likewise"],
  ["sbom.cdx.json", "what it is made of and with, for tools that look for vulnerable parts"],
  ["index.js", "`import`: the wasm is in it, in hexadecimal digits"],
  ["index.cjs", "`require`: likewise; older Nodes cannot require a module"],
  ["index.workerd.js", "Cloudflare Workers: bytes cannot be compiled there, a .wasm file can be imported"],
  ["index.edge-light.js", "edge runtimes: likewise, with their way of importing it"],
  ["core.wasm", "what these two import"],
  ["index.d.ts", "types for `import`"],
  ["index.d.cts", "types for `require`: TypeScript goes by the extension"],
  ["cli.js", "the command line"],
  ["dashboard.js", "`upbit-cancel-order dashboard`, loaded only by that command"],
  ["practice.js", "`upbit-cancel-order practice`, likewise"],
  [/^www\/[\w-]+\.(html|css|js|svg)$/, "the dashboard's page"],
];

const manifest = JSON.parse(readFileSync(inRoot("pkg/package.json"), "utf8"));

/** @returns {Promise<string[]>} */
async function publishedFiles() {
  const output = await runOrFail("npm", ["pack", "./pkg", "--dry-run", "--json"]);
  const [packed] = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
  return packed.files.map((/** @type {{ path: string }} */ { path }) => path);
}

/** @param {string | RegExp} expected @param {string} path */
const matches = (expected, path) => (typeof expected === "string" ? expected === path : expected.test(path));

test("every published file is expected, and every expected file is published", async () => {
  const files = await publishedFiles();
  const unexpected = files.filter((path) => !reasons.some(([expected]) => matches(expected, path)));
  const missing = reasons.filter(([expected]) => !files.some((path) => matches(expected, path)));
  assert.deepEqual({ unexpected, missing }, { unexpected: [], missing: [] });
});

test("the code is readable: only the wasm's line is long, and no line names a folder of the build", async () => {
  const code = (await publishedFiles()).filter((path) => /\.c?js$/.test(path));
  const lines = code.flatMap((path) => readFileSync(inRoot("pkg", path), "utf8").split("\n"));
  // Rust 1.99 gives wasm-bindgen's closures names of 300 characters.
  const readable = lines.map((line) => line.replace(/\bwasm_bindgen_\w+/g, "wasm_bindgen"));
  assert.deepEqual(
    readable.filter((line) => line.length > 300 && !/^var \w+ = "0061736d[0-9a-f]+";$/.test(line)),
    [],
  );
  assert.deepEqual(
    lines.filter((line) => line.includes(inRoot())),
    [],
  );
});

test("installing the package installs nothing else and runs no script", () => {
  for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) {
    assert.equal(field in manifest, false, field);
  }
});

test("every way of loading the package leads to one of its files", async () => {
  const files = await publishedFiles();
  const { exports, bin, main, module, types } = manifest;
  const targets = JSON.stringify([exports, bin, main, module, types]).match(/[\w.-]+\.\w+(?=")/g) ?? [];
  assert.deepEqual(
    targets.filter((target) => !files.includes(target)),
    [],
  );
});
