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

/** @param {unknown} error */
function tellFailure(error) {
  const isUsage =
    error instanceof TypeError && String(Reflect.get(error, "code")).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof Failure) && !isUsage) {
    console.error(error);
    return;
  }
  const { output = "", message, advice = "" } = /** @type {Failure} */ (error);
  // The end of a tool's output, where the reason usually is.
  if (output) console.error(`\n${output.trimEnd().split("\n").slice(-40).join("\n")}`);
  console.error(`\n${paint.red("✘")} ${message}`);
  if (advice) console.error(`  ${advice.replaceAll("\n", "\n  ")}`);
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

/**
 * Those that a script's arguments name, or all if there are none.
 * @template {{ name: string }} T
 * @param {T[]} all
 * @param {string[]} names
 */
export function chosen(all, names) {
  const unknown = names.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0) {
    const advice = `There are: ${all.map(({ name }) => name).join(", ")}.`;
    throw new Failure(`There is no ${unknown.join(", ")}`, { advice });
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}
