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
export async function refresh(product, make) {
  const inputs = contentHash(product.inputs) + (product.madeBy?.() ?? "");
  if (readStamp(product) === stampText(inputs, product)) return false;
  await make();
  mkdirSync(inRoot("target/stamps"), { recursive: true });
  writeFileSync(stampFile(product), stampText(inputs, product));
  return true;
}

/** @param {Product} product */
const stampFile = ({ name }) => inRoot("target/stamps", name);

/** @param {Product} product */
function readStamp(product) {
  return existsSync(stampFile(product)) ? readFileSync(stampFile(product), "utf8") : null;
}

/** @param {string} inputs @param {Product} product */
const stampText = (inputs, { outputs }) => `${inputs}\n${contentHash(outputs)}\n`;

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
  if (!existsSync(inRoot(path))) return [];
  if (!statSync(inRoot(path)).isDirectory()) return [path];
  return readdirSync(inRoot(path))
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
