// `npm run bench` runs all measurements, `npm run bench -- NAME...` some of them; `--quick` is a short trial run.
import { parseArgs } from "node:util";
import { chosen, Failure, runAsScript } from "../scripts/failure.mjs";
import { duration, say, sayDone, step } from "../scripts/steps.mjs";
import { batches, confirmation, guard } from "./batches.mjs";
import { cold, signing, warm } from "./calls.mjs";
import { pages } from "./pages.mjs";
import { prepare } from "./prepare.mjs";
import { print, write } from "./report.mjs";

/**
 * Takes a measurement. `scale` turns a number of rounds or orders into the number for this run.
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
      // Keep the results of the other rows.
      console.error(error);
      failures.push(name);
    }
  }
  say(`Measured in ${duration(performance.now() - since)}`);
  // Only rows of the same run can be compared.
  if (wanted.length === rows.length && !values.quick) {
    write(lines, failures);
    sayDone("The results are in docs/benchmarks.md and docs/benchmarks.svg");
  }
  if (failures.length > 0) throw new Failure(`Not measured: ${failures.join(", ")}`);
});
