// A minimal build cache: rebuilds a product if its inputs or outputs have changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";

/**
 * @typedef {object} Product
 * @property {string} name
 * @property {string[]} inputs files and folders, relative to the root of the checkout; they may be missing
 * @property {string[]} outputs files and folders
 * @property {() => string} [madeBy] other inputs, such as the version of a compiler
 */

/**
 * Builds the product unless it is up to date. @returns whether it was built
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
