// `npm run audit`, before a release: asks the advisory databases about everything that the lock files name.
// They are on the network, so it is no part of `npm test`; where they do not answer, it fails.
import { join } from "node:path";
import { ensureCargoDeny } from "./cargo-tools.mjs";
import { Failure, runAsScript } from "./failure.mjs";
import { npmFolders } from "./manifests.mjs";
import { run } from "./run.mjs";
import { ensureNode, ensureRust } from "./setup.mjs";
import { paint, say } from "./steps.mjs";

/** @typedef {"clean" | "findings" | "unknown"} Verdict */

/**
 * @typedef {object} Question
 * @property {string} about
 * @property {[string, ...string[]]} command
 * @property {RegExp} answered what its output has when it failed because it found something
 */

/** @param {string} folder of a lock file @returns {Question} */
const npmAudit = (folder) => ({
  about: join(folder, "package-lock.json"),
  command: ["npm", "audit", "--package-lock-only", "--prefix", folder],
  answered: /^\d+ .*vulnerabilit(y|ies)/m,
});

/** @type {Question[]} */
export const questions = [
  {
    about: "Cargo.lock",
    command: ["cargo-deny", "--color", "never", "check"],
    answered: /^advisories (ok|FAILED)/m,
  },
  ...npmFolders.map(npmAudit),
];

/** What a tool's end means.
 * @param {Question} question @param {{ ok: boolean, output: string }} ran @returns {Verdict} */
export function verdict({ answered }, { ok, output }) {
  if (ok) return "clean";
  return answered.test(output) ? "findings" : "unknown";
}

/** @type {Record<Verdict, string>} */
const words = {
  clean: paint.green("nothing found"),
  findings: paint.red("something found"),
  unknown: paint.red("the advisories could not be asked, so nothing is known"),
};

await runAsScript(import.meta.url, async () => {
  ensureNode();
  ensureRust();
  await ensureCargoDeny();
  /** @type {string[]} */
  const open = [];
  for (const question of questions) {
    const [command, ...args] = question.command;
    const ran = await run(command, args);
    const found = verdict(question, ran);
    if (found !== "clean") say(`${ran.output}\n`);
    say(`${question.about}: ${words[found]}`);
    if (found !== "clean") open.push(question.about);
  }
  if (open.length > 0) throw new Failure(`Not to be released as it is: ${open.join(", ")}`);
});
