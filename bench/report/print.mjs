import { paint, say } from "../../scripts/steps.mjs";
import { withQuartiles } from "./numbers.mjs";
import { plainTitle, verdicts } from "./ratios.mjs";

/** @param {import("./ratios.mjs").Row} row @param {import("./ratios.mjs").Results} results */
export function printRow(row, results) {
  for (const [peer, measured] of Object.entries(results)) {
    const values = row.columns.flatMap(({ name, title, unit }) => {
      const spread = measured[name];
      return spread === undefined ? [] : `${title} ${withQuartiles(spread)}${unit && ` ${unit}`}`;
    });
    const title = plainTitle(/** @type {import("./ratios.mjs").Peer} */ (peer));
    say(`    ${title.padEnd(42)} ${values.join(", ")}`);
  }
  for (const { met, what, goal } of verdicts(row, results)) {
    say(`    ${met ? paint.green("✔") : paint.red("✘")} ${what} ${paint.dim(`(${goal})`)}`);
  }
}
