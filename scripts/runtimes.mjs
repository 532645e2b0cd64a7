// `npm run test:runtimes` runs all rows of the matrix, `npm run test:runtimes -- NAME…` some of them. `--markdown` also prints the
// results as a table.
import { parseArgs } from "node:util";
import { matrix } from "../tests/runtimes/matrix.js";
import { buildPackage } from "./build.mjs";
import { chosen, runAsScript } from "./failure.mjs";
import { loadTypeScript } from "./npm-tools.mjs";
import { duration, paint, say } from "./steps.mjs";

/** @typedef {import("../tests/runtimes/run-matrix.js").Result} Result */

/** @param {Result} result */
function printResult({ row, version, ms, error }) {
  const mark = error ? paint.red("✘") : paint.green("✔");
  say(`${mark} ${row.name.padEnd(26)}${version.padEnd(22)}${duration(ms).padStart(8)}`);
  if (error) say(error.message.replace(/^/gm, "    "));
}

/** @param {Result[]} results */
function markdown(results) {
  const rows = results.map(
    ({ row, version, error }) => `| ${row.title} | ${version} | ${error ? "✘" : "✔"} |`,
  );
  return ["| Where | Version | |", "| --- | --- | --- |", ...rows].join("\n");
}

await runAsScript(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { markdown: { type: "boolean", default: false } },
  });
  const rows = chosen(matrix, positionals);
  await buildPackage();
  await loadTypeScript();
  const { runMatrix } = await import("../tests/runtimes/run-matrix.js");
  const results = await runMatrix(rows, printResult);
  if (values.markdown) say(`\n${markdown(results)}`);
  const failed = results.filter(({ error }) => error).length;
  say(`\n${results.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
