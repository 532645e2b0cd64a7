// Every package of the lock files. They are tools: what is published depends on none.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { npmFolders } from "../../scripts/manifests.mjs";
import { inRoot } from "../../scripts/paths.mjs";

/** @typedef {object} Locked
 * @property {string} [resolved]
 * @property {string} [integrity]
 * @property {string} [license]
 * @property {boolean} [dev]
 * @property {boolean} [link]
 */

/** What the package is built and checked with. */
const DEVELOPMENT = "package-lock.json";
const LOCK_FILES = npmFolders.map((folder) => join(folder, "package-lock.json"));

/** Of tools that are run and not copied. */
const LICENSES = [
  "MIT",
  "Apache-2.0",
  "MPL-2.0",
  "MIT OR Apache-2.0",
  "BSD-2-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "Python-2.0",
];

/** @param {string} file @returns {[path: string, locked: Locked][]} */
function packagesOf(file) {
  const { lockfileVersion, packages } = JSON.parse(readFileSync(inRoot(file), "utf8"));
  assert.equal(lockfileVersion, 3);
  return Object.entries(packages).filter(([path]) => path !== "");
}

for (const file of LOCK_FILES) {
  test(`${file}: every package comes from the npm registry, and its content is locked`, () => {
    const packages = packagesOf(file);
    assert.ok(packages.length > 5);
    const wrong = packages.filter(([, { resolved, integrity, link }]) => {
      const elsewhere = resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/");
      return link || elsewhere || !/^sha512-[\w+/]{86}==$/.test(integrity ?? "");
    });
    assert.deepEqual(wrong, []);
  });
}

test("everything in package-lock.json is a tool, and may be used as one", () => {
  const isTool = (/** @type {Locked} */ { dev, license = "" }) => dev === true && LICENSES.includes(license);
  assert.deepEqual(
    packagesOf(DEVELOPMENT).filter(([, locked]) => !isTool(locked)),
    [],
  );
});

test("the versions of the tools are exact", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  assert.equal(dependencies, undefined);
  for (const [name, version] of Object.entries(devDependencies))
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

test("installing runs no script of any package", () => {
  const args = ["config", "get", "ignore-scripts"];
  assert.equal(execFileSync("npm", args, { cwd: inRoot(), encoding: "utf8" }).trim(), "true");
});
