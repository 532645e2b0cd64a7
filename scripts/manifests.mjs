import { readFileSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { inRoot } from "./paths.mjs";

/** A text field of the crate, such as `version`.
 * @param {string} name */
export const crateField = (name) => find("Cargo.toml", new RegExp(`^${name} = "(.+)"`, "m"));

/** The version of a dependency in Cargo.lock.
 * @param {string} crate */
export const lockedVersion = (crate) =>
  find("Cargo.lock", new RegExp(`^name = "${crate}"\\r?\\nversion = "(.+)"`, "m"));

/** The folders of npm's lock files; the first is for the development tools. */
export const npmFolders = [".", "tests/peers/tools", "tests/runtimes/tools"];

/** The minimum version of Node, such as "20". */
export const nodeVersionNeeded = () => find("package.json", /"node": ">=(.+?)"/);

/** @param {string} file @param {RegExp} pattern */
function find(file, pattern) {
  const found = pattern.exec(readFileSync(inRoot(file), "utf8"))?.[1];
  if (found === undefined) throw new Failure(`No match for ${pattern} in ${file}`);
  return found;
}

/** Whether `version` is older than `needed`: "1.80.1" is older than "1.88".
 * @param {string} version @param {string} needed */
export const isOlder = (version, needed) => version.localeCompare(needed, "en", { numeric: true }) < 0;
