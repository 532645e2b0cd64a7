import { packPackage } from "./consumer-folder.js";
import { rowVersion, runRow } from "./run-row.js";
import { ensureTools } from "./tools.js";

/** @typedef {import("./matrix.js").Row} Row */
/** @typedef {{ row: Row, version: string, ms: number, error: Error | undefined }} Result */

/** As many rows at a time as a small machine has cores. */
export const atOnce = 2;

export async function prepare() {
  await ensureTools();
  await packPackage();
}

/** @param {Row[]} rows @param {(result: Result) => void} onResult */
export async function runMatrix(rows, onResult) {
  /** @type {Result[]} */
  const results = [];
  const left = rows.entries();
  const work = async () => {
    for (const [index, row] of left) {
      const result = await measure(row);
      results[index] = result;
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** @param {Row} row @returns {Promise<Result>} */
async function measure(row) {
  const since = performance.now();
  const error = await runRow(row).then(
    () => undefined,
    (reason) => (reason instanceof Error ? reason : new Error(String(reason))),
  );
  const ms = performance.now() - since;
  return { row, version: await rowVersion(row).catch(() => "not installed"), ms, error };
}
