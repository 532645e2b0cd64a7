// The last commit, built from nothing in a folder of its own, as whoever checks the package would build it.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { runOrFail } from "./run.mjs";

/** @typedef {Map<string, string>} Digests SHA-256 of each file, by its path */

/** @param {string} folder a new one @returns {Promise<string>} where the package is */
export async function buildLastCommit(folder) {
  mkdirSync(folder);
  await runOrFail("git", ["archive", "--format=tar", "--output", `${folder}.tar`, "HEAD"]);
  await runOrFail("tar", ["-xf", `${folder}.tar`, "-C", folder]);
  await runOrFail("npm", ["--prefix", folder, "run", "build"]);
  return join(folder, "pkg");
}

/** @param {string} folder @returns {Digests} */
export function digestsOf(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile()).sort();
  return new Map(files.map((path) => [path, digest(join(folder, path))]));
}

/** @param {string} file */
const digest = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** @param {Digests} one @param {Digests} other @returns {string[]} files that are not the same in both */
export function differences(one, other) {
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths].filter((path) => one.get(path) !== other.get(path)).sort();
}
