// `npm test` runs all parts, `npm test -- NAME…` some of them. `--verbose` also shows the output of parts that succeed.
import { parseArgs } from "node:util";
import { chosen, Failure, runAsScript } from "./failure.mjs";
import { ensureTestTools } from "./setup.mjs";
import { duration, live, paint, say } from "./steps.mjs";
import { parts } from "./test-parts.mjs";

/** @typedef {import("./test-parts.mjs").Part} Part */
/** @typedef {{ name: string, ms: number } & import("./test-kinds.mjs").Outcome} Result */

/** @param {string[]} names @returns {Part[]} the parts with these names, and the parts that they need */
function select(names) {
  const wanted = new Set(chosen(parts, names));
  // Iterating over a set includes items that are added during the iteration.
  for (const { needs = [] } of wanted) {
    for (const part of parts) if (needs.includes(part.name)) wanted.add(part);
  }
  return parts.filter((part) => wanted.has(part));
}

/** @param {Part} part @param {Result[]} earlier @param {boolean} verbose @returns {Promise<Result>} */
async function runPart({ name, work, needs = [] }, earlier, verbose) {
  const missing = needs.find((need) => earlier.some((result) => result.name === need && !result.ok));
  if (missing) return { name, ms: 0, ok: false, output: "", reason: `not run: it needs ${missing}` };
  const since = performance.now();
  const running = verbose ? work({ onLine: say }) : live(name, (tell) => work({ onLine: tell }));
  const outcome = await running.catch(failedOutcome);
  return { name, ms: performance.now() - since, ...outcome };
}

/** @param {unknown} error */
function failedOutcome(error) {
  if (!(error instanceof Failure)) throw error;
  const { output, message, advice } = error;
  return { ok: false, output, reason: [message, advice].filter(Boolean).join(". ") };
}

/** @param {Result} result */
function summary({ name, ok, ms, tests, failures, reason }) {
  const mark = ok ? paint.green("✔") : paint.red("✘");
  const count = tests && `${tests} ${tests === 1 ? "test" : "tests"}`;
  const facts = [count, failures && `${failures} failed`, reason].filter(Boolean);
  return `${mark} ${name.padEnd(10)}${duration(ms).padStart(12)}   ${facts.join(", ")}`.trimEnd();
}

await runAsScript(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { verbose: { type: "boolean", default: false } },
  });
  const selected = select(positionals);
  await ensureTestTools();
  /** @type {Result[]} */
  const results = [];
  for (const part of selected) {
    const result = await runPart(part, results, values.verbose);
    results.push(result);
    if (!result.ok && !values.verbose && result.output)
      say(`${paint.red("✘")} ${part.name}\n${result.output}`);
  }
  const failed = results.filter(({ ok }) => !ok).length;
  say(["", ...results.map(summary), "", `${results.length - failed} passed, ${failed} failed`].join("\n"));
  if (failed > 0) process.exitCode = 1;
});
