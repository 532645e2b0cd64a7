// `npm run bench`, or `npm run bench -- NAME...` for single rows; `--quick` to see whether all of it works.
import { parseArgs } from "node:util";
import { chosen, Failure, runAsScript } from "../scripts/failure.mjs";
import { duration, say, sayDone, step } from "../scripts/steps.mjs";
import { batches, confirmation, guard } from "./batches.mjs";
import { cold, signing, warm } from "./calls.mjs";
import { pages } from "./pages.mjs";
import { prepare } from "./prepare.mjs";
import { print, write } from "./report.mjs";

/**
 * Measures. `scale` tells how many rounds or orders it is to be.
 * @typedef {(scale: (count: number) => number) => Promise<import("./statistics.mjs").Line[]>} Row
 */

/** @type {{ name: string, row: Row }[]} */
const rows = [
  { name: "signing", row: signing },
  { name: "cold", row: cold },
  { name: "warm1", row: warm(1) },
  { name: "warm20", row: warm(20) },
  { name: "pages", row: pages },
  { name: "batches", row: batches },
  { name: "confirmation", row: confirmation },
  { name: "guard", row: guard },
];

await runAsScript(import.meta.url, async () => {
  const options = /** @type {const} */ ({ quick: { type: "boolean", default: false } });
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const wanted = chosen(rows, positionals);
  const scale = (/** @type {number} */ count) => (values.quick ? Math.ceil(count / 10) : count);
  await prepare();
  const since = performance.now();
  const lines = [];
  const failures = [];
  for (const { name, row } of wanted) {
    try {
      const measured = await step(`Measuring: ${name}`, () => row(scale));
      print(measured);
      lines.push(...measured);
    } catch (error) {
      // The other rows took long enough to be worth keeping.
      console.error(error);
      failures.push(name);
    }
  }
  say(`Measured in ${duration(performance.now() - since)}`);
  // Rows of one run can be compared, those of several cannot.
  if (wanted.length === rows.length && !values.quick) {
    write(lines, failures);
    sayDone("The results are in docs/benchmarks.md and docs/benchmarks.svg");
  }
  if (failures.length > 0) throw new Failure(`Not measured: ${failures.join(", ")}`);
});
