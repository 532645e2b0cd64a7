import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { paint } from "./steps.mjs";

/** Something that the reader of the message can act on; everything else is a bug and keeps its stack. */
export class Failure extends Error {
  /**
   * @param {string} message what failed
   * @param {{ output?: string, advice?: string }} [more] what the tool printed; what to do now
   */
  constructor(message, { output = "", advice = "" } = {}) {
    super(message);
    this.output = output;
    this.advice = advice;
  }
}

/** The end of a tool's output, where the reason usually is.
 * @param {string} output */
export const lastLines = (output) => output.trimEnd().split("\n").slice(-40).join("\n");

/** @param {unknown} error */
export function tellFailure(error) {
  if (!(error instanceof Failure)) {
    console.error(error);
    return;
  }
  if (error.output) console.error(`\n${lastLines(error.output)}`);
  console.error(`\n${paint.red("✘")} ${error.message}`);
  if (error.advice) console.error(`  ${error.advice.replaceAll("\n", "\n  ")}`);
}

/** Runs `work` if the module at `url` is the script that was started, and not when it was imported.
 * @param {string} url the module's `import.meta.url`
 * @param {() => unknown} work */
export async function runAsScript(url, work) {
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== fileURLToPath(url)) return;
  try {
    await work();
  } catch (error) {
    tellFailure(error);
    process.exitCode = 1;
  }
}
