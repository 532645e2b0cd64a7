// The kinds of parts of `npm test`. Each runs something and returns its outcome.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { inRoot } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * @typedef {object} Outcome
 * @property {boolean} ok
 * @property {string} output the output of the tools
 * @property {number} [tests] number of tests
 * @property {number} [failures] number of failed tests
 * @property {string} [reason] why it failed, if the output does not say
 */
/** @typedef {(listener: { onLine: (line: string) => void }) => Promise<Outcome>} Work */

/** A part that hangs fails after this time. */
const limitMs = 15 * 60_000;

/** Commands that must all succeed. Later ones run even if an earlier one failed.
 * @param {[string, ...string[]][]} commands @returns {Work} */
export const commands =
  (...commands) =>
  async ({ onLine }) => {
    let ok = true;
    let output = "";
    for (const [command, ...args] of commands) {
      const ran = await run(command, args, { onLine, limitMs });
      ok &&= ran.ok;
      output += `$ ${command} ${args.join(" ")}\n${ran.output}\n`;
    }
    return { ok, output };
  };

/** `cargo test` with these arguments. @param {string[]} args @returns {Work} */
export const cargoTests =
  (...args) =>
  async ({ onLine }) => {
    const { ok, output } = await run("cargo", ["test", ...args], { onLine, limitMs });
    return counted(ok, output, /^test result: .* (\d+) passed; (\d+) failed/gm);
  };

/**
 * Runs all `*.test.js` and `*.test.ts` in a folder. `filesAtOnce` can be higher than Node's default for tests that mostly wait.
 * @param {string} folder @param {{ prepare?: () => Promise<void>, filesAtOnce?: number }} [options] @returns {Work}
 */
export const nodeTests =
  (folder, { prepare, filesAtOnce } = {}) =>
  async ({ onLine }) => {
    await prepare?.();
    const names = readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" }).sort();
    const files = names.filter((name) => /\.test\.[jt]s$/.test(name)).map((name) => join(folder, name));
    const args = ["--import", "tsx", "--test", "--test-reporter=spec"];
    if (filesAtOnce) args.push(`--test-concurrency=${filesAtOnce}`);
    const { ok, output } = await run(process.execPath, [...args, ...files], { onLine, limitMs });
    return counted(ok && files.length > 0, output, /^ℹ pass (\d+)\nℹ fail (\d+)/gm);
  };

/** A function of the scripts, which prints its own progress. @param {() => Promise<void>} work @returns {Work} */
export const ownWork = (work) => async () => {
  await work();
  return { ok: true, output: "" };
};

/**
 * Fails if no test ran.
 * @param {boolean} ok @param {string} output
 * @param {RegExp} numbers matches the numbers of passed and failed tests, possibly several times
 * @returns {Outcome}
 */
function counted(ok, output, numbers) {
  const found = [...stripVTControlCharacters(output).matchAll(numbers)];
  const sum = (/** @type {number} */ group) =>
    found.reduce((total, match) => total + Number(match[group]), 0);
  const [tests, failures] = [sum(1) + sum(2), sum(2)];
  if (ok && tests === 0) return { ok: false, output, tests, reason: "no test ran" };
  return { ok, output, tests, failures };
}
