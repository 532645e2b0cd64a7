// `npm test`: all parts, or those of `npm test -- NAME…`. `--verbose` shows what succeeds as well.
import { parseArgs } from "node:util";
import { Failure, runAsScript } from "./failure.mjs";
import { ensureTestTools } from "./setup.mjs";
import { duration, live, paint, say } from "./steps.mjs";
import { parts } from "./test-parts.mjs";

/** @typedef {import("./test-parts.mjs").Part} Part */
/** @typedef {{ name: string, ms: number } & import("./test-kinds.mjs").Outcome} Result */

/** @param {string[]} names @returns {Part[]} the parts of these names, and what they need */
function select(names) {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = parts.map(({ name }) => name).join(", ");
    throw new Failure(`No such part: ${unknown.join(", ")}`, { advice: `There are: ${known}.` });
  }
  if (names.length === 0) return parts;
  const wanted = new Set(names);
  for (const part of [...parts].reverse()) {
    if (wanted.has(part.name)) for (const name of part.needs ?? []) wanted.add(name);
  }
  return parts.filter(({ name }) => wanted.has(name));
}

/** @param {Part} part @param {Result[]} earlier @param {boolean} verbose @returns {Promise<Result>} */
async function runPart({ name, work, needs = [] }, earlier, verbose) {
  const missing = needs.find((need) => earlier.some((result) => result.name === need && !result.ok));
  if (missing) return { name, ms: 0, ok: false, output: "", reason: `not run: it needs ${missing}` };
  const since = performance.now();
  const outcome = verbose
    ? await work({ onLine: (line) => say(line) })
    : await live(name, (tell) => work({ onLine: tell }));
  return { name, ms: performance.now() - since, ...outcome };
}

/** @param {Result} result */
function summary({ name, ok, ms, tests, failures, reason }) {
  const mark = ok ? paint.green("✔") : paint.red("✘");
  const count = tests && `${tests} ${tests === 1 ? "test" : "tests"}`;
  const facts = [count, failures && `${failures} failed`, reason].filter(Boolean);
  return `${mark} ${name.padEnd(10)}${duration(ms).padStart(12)}   ${facts.join(", ")}`.trimEnd();
}

/** @param {Result} result */
function tellFailed({ name, output, reason }) {
  say(`${paint.red("✘")} ${name}${reason ? `: ${reason}` : ""}`);
  if (output) say(output);
}

/** @param {Result[]} results @returns {boolean} whether all passed */
function tellSummary(results) {
  const failed = results.filter(({ ok }) => !ok).length;
  say("");
  for (const result of results) say(summary(result));
  say(`\n${results.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

/** @param {Part[]} selected @param {boolean} verbose */
async function runParts(selected, verbose) {
  /** @type {Result[]} */
  const results = [];
  for (const part of selected) {
    const result = await runPart(part, results, verbose);
    results.push(result);
    if (!result.ok) tellFailed(verbose ? { ...result, output: "" } : result);
  }
  return results;
}

/** @returns {{ names: string[], verbose: boolean }} */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { verbose: { type: "boolean", default: false } },
    });
    return { names: positionals, verbose: values.verbose };
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error));
  }
}

await runAsScript(import.meta.url, async () => {
  const { names, verbose } = readArguments();
  const selected = select(names);
  await ensureTestTools();
  const allPassed = tellSummary(await runParts(selected, verbose));
  if (!allPassed) process.exitCode = 1;
});
