import { writeFileSync } from "node:fs";
import { inRoot } from "../../scripts/paths.mjs";
import { sayDone } from "../../scripts/steps.mjs";
import { chart } from "./chart.mjs";
import { markdown } from "./markdown.mjs";

/** @typedef {import("./ratios.mjs").Row} Row */
/** @typedef {import("./ratios.mjs").Results} Results */
/** @typedef {{ name: string, row: Row, results: Results }} Measured */

/** @param {Measured[]} measured */
export function writeReport(measured) {
  writeFileSync(inRoot("bench/RESULTS.md"), markdown(measured));
  writeFileSync(inRoot("bench/results.svg"), chart(measured));
  sayDone("Results are in bench/RESULTS.md, and drawn in bench/results.svg");
}
