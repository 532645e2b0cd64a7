// `npm run bench`, or `npm run bench -- NAME...` for single rows; `--quick` to see whether all of it works.
import { parseArgs } from "node:util";
import { Failure, runAsScript } from "../scripts/failure.mjs";
import { duration, say, step } from "../scripts/steps.mjs";
import { prepare } from "./prepare.mjs";
import { printRow } from "./report/print.mjs";
import { writeReport } from "./report/write.mjs";
import { rows } from "./rows/rows.mjs";

await runAsScript(import.meta.url, async () => {
  const options = /** @type {const} */ ({ quick: { type: "boolean", default: false } });
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.filter((name) => !(name in rows));
  if (unknown.length > 0) {
    throw new Failure(`There is no row ${unknown[0]}`, {
      advice: `There are: ${Object.keys(rows).join(", ")}.`,
    });
  }
  await prepare();
  const since = performance.now();
  const measured = [];
  for (const [name, row] of Object.entries(rows)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const scale = (/** @type {number} */ count) => (values.quick ? Math.ceil(count / 10) : count);
    const results = await step(row.title, () => row.run({ scale }));
    printRow(row, results);
    measured.push({ name, row, results });
  }
  say(`Measured in ${duration(performance.now() - since)}`);
  // Only a whole run is worth keeping: its rows can be compared.
  if (positionals.length === 0 && !values.quick) writeReport(measured);
});
