#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { firstOperand, parseArguments } from "./arguments.ts";
import { allOptions, commandNamed, commands } from "./commands.ts";
import { refuseSecretIn } from "./environment.ts";
import { tellFailure } from "./failure.ts";
import { Output } from "./output.ts";

/** @returns The exit status. */
async function run(argv: string[], output: Output): Promise<number> {
  const at = firstOperand(argv, allOptions);
  const name = at !== -1 && Object.hasOwn(commands, argv[at] ?? "") ? argv[at] : undefined;
  // What a guarded command is given is none of our business.
  const own = name === "guard" && argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  refuseSecretIn(own, process.env.UPBIT_SECRET_KEY);
  const command = commandNamed(name);
  const args = parseArguments(argv, command.options, name === undefined ? -1 : at);
  if (args.has("help")) return output.text(await command.manual());
  if (args.has("version")) return output.text(`${version()}\n`);
  return command.run(args, output);
}

/** Of the package, whose manifest lies beside the bundled command line. */
function version(): string {
  return JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")).version;
}

const output = new Output();
process.exitCode = await run(process.argv.slice(2), output).catch((error) => tellFailure(error, output));
