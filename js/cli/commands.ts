// The table of commands: what each is called, what it is for, and which options it takes.
import type { Options } from "./arguments.ts";

export interface Command {
  /** Half a line. */
  about: string;
  options: Options;
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
export const cancel: Command = {
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
};

export const commands: Record<string, Command> = {
  list: {
    about: "list open orders",
    options: { ...filter, ...place, ...json, ...help },
  },
  status: {
    about: "tell what an order is now",
    options: { ...identifier, ...place, ...json, ...help },
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
  },
  practice: {
    about: "start a local exchange to try everything on",
    options: { ...port, ...orders, ...json, ...help },
  },
  dashboard: {
    about: "start a page to cancel orders from a browser",
    options: { ...port, practice: { about: "with a practice exchange" }, ...orders, ...help },
  },
  completion: {
    about: "print completions for a shell: bash, zsh or fish",
    options: { ...help },
  },
};

/** The options of all commands, to find the command among the arguments. */
export const allOptions: Options = Object.assign(
  {},
  ...[cancel, ...Object.values(commands)].map((one) => one.options),
);
