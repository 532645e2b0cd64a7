import { readFileSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { inRoot } from "./paths.mjs";

/** A text field of the crate itself, as `version`.
 * @param {string} name */
export const crateField = (name) => find("Cargo.toml", new RegExp(`^${name} = "(.+)"`, "m"));

/** The version of a dependency that Cargo.lock holds.
 * @param {string} crate */
export const lockedVersion = (crate) =>
  find("Cargo.lock", new RegExp(`^name = "${crate}"\\r?\\nversion = "(.+)"`, "m"));

/** Folders of npm's lock files; the first is that of the development tools. */
export const npmFolders = [".", "tests/peers/tools", "tests/runtimes/tools"];

/** The lowest version of Node that will do, as "20". */
export const nodeVersionNeeded = () => find("package.json", /"node": ">=(.+?)"/);

/** @param {string} file @param {RegExp} pattern */
function find(file, pattern) {
  const found = pattern.exec(readFileSync(inRoot(file), "utf8"))?.[1];
  if (found === undefined) throw new Failure(`${file} has nothing that matches ${pattern}`);
  return found;
}

/** Whether `version` is older than `needed`: "1.80.1" is older than "1.88".
 * @param {string} version @param {string} needed */
export const isOlder = (version, needed) => version.localeCompare(needed, "en", { numeric: true }) < 0;
