import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(fileURLToPath(new URL("..", import.meta.url)));

/** @param {string[]} parts a path inside the checkout */
export const inRoot = (...parts) => join(root, ...parts);

export const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");

/** Prepends folders to the PATH of this process and its children.
 * @param {string[]} folders */
export function preferOnPath(...folders) {
  process.env.PATH = [...folders, process.env.PATH ?? ""].join(delimiter);
}
