// A very small make: what was made stays until its inputs, or it itself, are no longer as they were.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";

/**
 * @typedef {object} Product
 * @property {string} name
 * @property {string[]} inputs files and folders, from the root of the checkout; they may be absent
 * @property {string[]} outputs likewise
 * @property {() => string} [madeBy] what else decides how it comes out, as the version of a compiler
 */

/**
 * Makes the product unless it is fresh. Says whether it had to.
 * @param {Product} product
 * @param {() => Promise<void>} make
 */
export async function refresh({ name, inputs, outputs, madeBy }, make) {
  const file = inRoot("target/stamps", name);
  const madeOf = `${contentHash(inputs)}\n${madeBy?.() ?? ""}`;
  const stamp = () => `${madeOf}\n${contentHash(outputs)}\n`;
  if (existsSync(file) && readFileSync(file, "utf8") === stamp()) return false;
  await make();
  mkdirSync(inRoot("target/stamps"), { recursive: true });
  writeFileSync(file, stamp());
  return true;
}

/** @param {string[]} paths */
function contentHash(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesIn)) {
    const content = readFileSync(inRoot(file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

/** @param {string} path @returns {string[]} */
function filesIn(path) {
  const found = statSync(inRoot(path), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  const names = readdirSync(inRoot(path)).sort();
  return names.flatMap((name) => filesIn(join(path, name)));
}
