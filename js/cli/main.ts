#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { type Arguments, firstOperand, parseArguments } from "./arguments.ts";
import { allOptions, cancel, commands } from "./commands.ts";
import { refuseSecretIn } from "./environment.ts";
import { reportFailure } from "./failure.ts";
import { Output } from "./output.ts";

interface Program {
  manual(): Promise<string>;
  /** @returns The exit status. */
  run(args: Arguments, output: Output): Promise<number>;
}

/** The program without a command name: cancels orders by UUID. */
const cancelByUuid: Program = {
  manual: async () => (await import("./manual.ts")).cancelManual,
  run: async (args, output) => (await import("./cancel.ts")).cancel(args, output),
};

/** Each command is loaded on demand. */
const programs: Record<string, Program> = {
  list: {
    manual: async () => (await import("./manual-open-orders.ts")).listManual,
    run: async (args, output) => (await import("./list-and-status.ts")).list(args, output),
  },
  status: {
    manual: async () => (await import("./manual-open-orders.ts")).statusManual,
    run: async (args, output) => (await import("./list-and-status.ts")).status(args, output),
  },
  all: {
    manual: async () => (await import("./manual-open-orders.ts")).allManual,
    run: async (args, output) => (await import("./all.ts")).all(args, output),
  },
  guard: {
    manual: async () => (await import("./manual-guard.ts")).guardManual,
    run: async (args) => (await import("./guard/command.ts")).guard(args),
  },
  practice: {
    manual: async () => (await import("./manual.ts")).practiceManual,
    run: async (args) => (await import("./servers.ts")).practice(args),
  },
  dashboard: {
    manual: async () => (await import("./manual.ts")).dashboardManual,
    run: async (args) => (await import("./servers.ts")).dashboard(args),
  },
  completion: {
    manual: async () => (await import("./manual.ts")).completionManual,
    run: async (args, output) => (await import("./completion.ts")).completion(args, output),
  },
};

/**
 * @param name The name of the command, at this index; empty if there is none.
 * @returns The exit status.
 */
async function run(argv: string[], at: number, name: string, output: Output): Promise<number> {
  const command = commands[name];
  // The arguments of a guarded command are not checked.
  const own = name === "guard" && argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  refuseSecretIn(own, process.env.UPBIT_SECRET_KEY);
  const args = parseArguments(argv, (command ?? cancel).options, command ? at : -1);
  const program = programs[name] ?? cancelByUuid;
  if (args.has("help")) return output.text(await program.manual());
  if (args.has("version")) return output.text(`${version()}\n`);
  return program.run(args, output);
}

/** The version of the package, whose manifest is in the same folder as the bundled command line. */
function version(): string {
  return JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")).version;
}

const output = new Output();
const argv = process.argv.slice(2);
const at = firstOperand(argv, allOptions);
const operand = argv[at] ?? "";
const name = Object.hasOwn(commands, operand) ? operand : "";
process.exitCode = await run(argv, at, name, output).catch((error) => reportFailure(error, name, output));
