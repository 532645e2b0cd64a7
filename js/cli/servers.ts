// `practice` and `dashboard`: what listens on a port until it is stopped. Each is a file of its own
// in the package, and loaded only when it is asked for.
import { dashboardArguments, practiceArguments } from "./arguments.ts";
import { dashboardHelp, practiceHelp } from "./help.ts";
import { UsageError } from "./usage-error.ts";

/** @typedef {import("./output.ts").Output} Output */

/**
 * @param {string[]} argv what follows `practice`
 * @param {Output} output
 */
export async function practice(argv, output) {
  const { help, port, json } = practiceArguments(argv);
  if (help) return output.text(practiceHelp);
  const { runPractice } = await import("../practice/command.ts");
  await runPractice({ port, json, stdout: process.stdout }).catch(asConfiguration);
}

/**
 * @param {string[]} argv what follows `dashboard`
 * @param {Output} output
 */
export async function dashboard(argv, output) {
  const { help, port, practice } = dashboardArguments(argv);
  if (help) return output.text(dashboardHelp);
  const { runDashboard } = await import("../dashboard/command.ts");
  const { stdout, stderr } = process;
  await runDashboard({ port, practice, stdout, stderr }).catch(asConfiguration);
}

/**
 * Both fail only if they cannot start, and say why in words.
 * @param {Error} error
 * @returns {never}
 */
function asConfiguration({ message }) {
  throw new UsageError(message);
}
