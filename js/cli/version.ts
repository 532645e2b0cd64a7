import { readFileSync } from "node:fs";

/** @returns {string} that of the package, whose manifest lies beside the bundled command line */
export function version() {
  return JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")).version;
}
