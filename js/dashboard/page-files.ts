// The files of the page: all that there is to be had, read once at the start.
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { Refusal } from "./refusal.ts";

/** @typedef {import("./refusal.ts").Answer} Answer */

/** @type {Readonly<Record<string, string>>} */
const TYPES = Object.freeze({
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
});

/** As they lie in the package: `www/` and `index.js` beside the bundle of this module. */
const FOLDER = new URL("./www/", import.meta.url);
const LIBRARY = new URL("./index.js", import.meta.url);

/** @returns {Map<string, Answer>} by path */
export function readPageFiles() {
  const files = new Map([["/upbit-cancel-order.js", fileAnswer(LIBRARY)]]);
  for (const name of readdirSync(FOLDER)) {
    if (extname(name) in TYPES) files.set(`/${name}`, fileAnswer(new URL(name, FOLDER)));
  }
  files.set("/", fileAnswer(new URL("index.html", FOLDER)));
  return files;
}

/**
 * @param {Map<string, Answer>} files
 * @param {string} path
 */
export function findFile(files, path) {
  const file = files.get(path);
  if (file === undefined) throw new Refusal(404, "not_found", "The dashboard has no such file.");
  return file;
}

/**
 * @param {URL} url
 * @returns {Answer}
 */
function fileAnswer(url) {
  const type = TYPES[extname(url.pathname)] ?? "application/octet-stream";
  return { status: 200, headers: { "Content-Type": type }, body: readFileSync(url) };
}
