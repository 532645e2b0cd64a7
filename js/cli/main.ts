#!/usr/bin/env node
import { cancelArguments } from "./arguments.ts";
import { cancel } from "./cancel.ts";
import { refuseSecretIn } from "./environment.ts";
import { tellFailure } from "./failure.ts";
import { cancelHelp } from "./help.ts";
import { Output } from "./output.ts";
import { dashboard, practice } from "./servers.ts";
import { version } from "./version.ts";

/**
 * @param {string[]} argv
 * @param {Output} output
 * @returns {Promise<number | void>} exit status, if it is not 0
 */
async function run(argv, output) {
  refuseSecretIn(argv, process.env.UPBIT_SECRET_KEY);
  const [command, ...rest] = argv;
  if (command === "practice") return practice(rest, output);
  if (command === "dashboard") return dashboard(rest, output);
  const args = cancelArguments(argv);
  if (args.help) return output.text(cancelHelp);
  if (args.version) return output.text(`${version()}\n`);
  return cancel(args, output);
}

const output = new Output();
const ended = run(process.argv.slice(2), output).catch((error) => tellFailure(error, output));
process.exitCode = (await ended) ?? 0;
