// The table of commands: what each is called, what it takes, and where its work and its manual are.
import type { Arguments, Options } from "./arguments.ts";
import type { Output } from "./output.ts";

export interface Command {
  about: string;
  options: Options;
  /** A manual page. */
  manual(): Promise<string>;
  /** @returns The exit status. */
  run(args: Arguments, output: Output): Promise<number>;
}

const place: Options = {
  region: { value: "REGION", choices: ["sg", "id", "th", "kr"], about: "the exchange that issued the keys" },
  "base-url": { value: "URL", about: "where to send instead of a region" },
};
const help: Options = { help: { about: "print a manual page" } };
const json: Options = { json: { about: "print JSON lines" } };
const filter: Options = {
  market: { value: "MARKET", about: "orders of this market, such as SGD-BTC" },
  side: { value: "SIDE", choices: ["ask", "bid"], about: "sell orders or buy orders only" },
};
const cancelFilter: Options = { ...filter, everything: { about: "orders of every market" } };
const confirm: Options = {
  confirm: { value: "SECONDS", otherwise: "10", about: "wait until each order has ended" },
};
const dryRun: Options = { "dry-run": { about: "show what would be canceled, and cancel nothing" } };
const identifier: Options = { identifier: { value: "ID", about: "the order with this identifier of yours" } };
const port: Options = { port: { value: "PORT", about: "where to listen; 0 picks a free port" } };
const orders: Options = { orders: { value: "N", about: "begin with N more open orders" } };

/** `upbit-cancel-order UUID...`, which has no name. */
const cancel: Command = {
  about: "cancel orders by UUID",
  options: {
    ...identifier,
    file: { value: "PATH", about: "the orders of a file, one a line; - is standard input" },
    ...place,
    each: { about: "one request for each order" },
    ...confirm,
    ...json,
    ...dryRun,
    ...help,
    version: { about: "print the version" },
  },
  manual: async () => (await import("./manual.ts")).cancelManual,
  run: async (args, output) => (await import("./cancel.ts")).cancel(args, output),
};

export const commands: Record<string, Command> = {
  list: {
    about: "list open orders",
    options: { ...filter, ...place, ...json, ...help },
    manual: async () => (await import("./manual-open-orders.ts")).listManual,
    run: async (args, output) => (await import("./look.ts")).list(args, output),
  },
  status: {
    about: "tell what an order is now",
    options: { ...identifier, ...place, ...json, ...help },
    manual: async () => (await import("./manual-open-orders.ts")).statusManual,
    run: async (args, output) => (await import("./look.ts")).status(args, output),
  },
  all: {
    about: "cancel all open orders of a market, a side, or of everything",
    options: {
      ...cancelFilter,
      yes: { about: "do not ask" },
      ...confirm,
      ...place,
      ...json,
      ...dryRun,
      ...help,
    },
    manual: async () => (await import("./manual-open-orders.ts")).allManual,
    run: async (args, output) => (await import("./all.ts")).all(args, output),
  },
  guard: {
    about: "run a command, and cancel all open orders when it fails",
    options: {
      ...cancelFilter,
      always: { about: "cancel also when the command ends well" },
      heartbeat: { value: "FILE", about: "a file that the command touches while it is well" },
      within: { value: "SECONDS", about: "how often it touches the file at least" },
      ...place,
      ...help,
    },
    manual: async () => (await import("./manual-guard.ts")).guardManual,
    run: async (args) => (await import("./guard/command.ts")).guard(args),
  },
  practice: {
    about: "start a local exchange to try everything on",
    options: { ...port, ...orders, ...json, ...help },
    manual: async () => (await import("./manual.ts")).practiceManual,
    run: async (args) => (await import("./servers.ts")).practice(args),
  },
  dashboard: {
    about: "start a page to cancel orders from a browser",
    options: { ...port, practice: { about: "with a practice exchange" }, ...orders, ...help },
    manual: async () => (await import("./manual.ts")).dashboardManual,
    run: async (args) => (await import("./servers.ts")).dashboard(args),
  },
  completion: {
    about: "print completions for a shell: bash, zsh or fish",
    options: { ...help },
    manual: async () => (await import("./manual.ts")).completionManual,
    run: async (args, output) => (await import("./completion.ts")).completion(args, output),
  },
};

/** The options of all commands, to find the command among the arguments. */
export const allOptions: Options = Object.assign(
  {},
  ...[cancel, ...Object.values(commands)].map((one) => one.options),
);

/** @param name Of a command; without one it is what cancels orders by UUID. */
export function commandNamed(name: string | undefined): Command {
  return name === undefined ? cancel : (commands[name] as Command);
}
