import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { paint } from "./steps.mjs";

/** An error that the user can act on. All other errors are bugs and are printed with their stack. */
export class Failure extends Error {
  /**
   * @param {string} message what failed
   * @param {{ output?: string, advice?: string }} [more] the output of a tool; what to do
   */
  constructor(message, { output = "", advice = "" } = {}) {
    super(message);
    this.output = output;
    this.advice = advice;
  }
}

/** @param {unknown} error */
function printFailure(error) {
  const isUsage =
    error instanceof TypeError && String(Reflect.get(error, "code")).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof Failure) && !isUsage) {
    console.error(error);
    return;
  }
  const { output = "", message, advice = "" } = /** @type {Failure} */ (error);
  // The reason is usually at the end of the output.
  if (output) console.error(`\n${output.trimEnd().split("\n").slice(-40).join("\n")}`);
  console.error(`\n${paint.red("✘")} ${message}`);
  if (advice) console.error(`  ${advice.replaceAll("\n", "\n  ")}`);
}

/** Runs `work` if the module at `url` was started as a script, but not if it was imported.
 * @param {string} url the module's `import.meta.url`
 * @param {() => unknown} work */
export async function runAsScript(url, work) {
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== fileURLToPath(url)) return;
  try {
    await work();
  } catch (error) {
    printFailure(error);
    process.exitCode = 1;
  }
}

/**
 * The items that the arguments of a script name, or all if there are no arguments.
 * @template {{ name: string }} T
 * @param {T[]} all
 * @param {string[]} names
 */
export function chosen(all, names) {
  const unknown = names.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0) {
    const advice = `Choose from: ${all.map(({ name }) => name).join(", ")}.`;
    throw new Failure(`Unknown: ${unknown.join(", ")}`, { advice });
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}
