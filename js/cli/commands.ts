// The commands and their options.
import type { Region } from "upbit-cancel-order";

export interface Option {
  /** Placeholder of its value in a synopsis. Options without a value are flags. */
  value?: string;
  /** Makes the value optional: it can only be given with `=`. Otherwise the next argument is the value. */
  defaultValue?: string;
  /** All possible values, if limited. */
  choices?: readonly string[];
  /** Short description for shell completion. */
  about: string;
}

export type Options = Record<string, Option>;

export interface Command {
  /** Short description for shell completion. */
  about: string;
  options: Options;
}

export const REGIONS: readonly Region[] = ["sg", "id", "th", "kr"];

const exchange: Options = {
  region: { value: "REGION", choices: REGIONS, about: "the exchange that issued the keys" },
  "base-url": { value: "URL", about: "send to this URL instead of a region" },
};
const help: Options = { help: { about: "print the manual page" } };
const json: Options = { json: { about: "print JSON lines" } };
const filter: Options = {
  market: { value: "MARKET", about: "only orders of this market, such as SGD-BTC" },
  side: { value: "SIDE", choices: ["ask", "bid"], about: "only sell orders or buy orders" },
};
const cancelFilter: Options = { ...filter, everything: { about: "all orders of every market" } };
const confirm: Options = {
  confirm: { value: "SECONDS", defaultValue: "10", about: "wait until each order has ended" },
};
const dryRun: Options = { "dry-run": { about: "show what would be canceled, and cancel nothing" } };
const identifier: Options = { identifier: { value: "ID", about: "the order with this client identifier" } };
const port: Options = { port: { value: "PORT", about: "port to listen on; 0 picks a free port" } };
const orders: Options = { orders: { value: "N", about: "add N open orders" } };

/** `upbit-cancel-order UUID...`, which has no command name. */
export const cancel: Command = {
  about: "cancel orders by UUID",
  options: {
    ...identifier,
    file: { value: "PATH", about: "read orders from a file, one per line; - is standard input" },
    ...exchange,
    each: { about: "send one request per order" },
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
    options: { ...filter, ...exchange, ...json, ...help },
  },
  status: {
    about: "show the current state of orders",
    options: { ...identifier, ...exchange, ...json, ...help },
  },
  all: {
    about: "cancel all open orders of a market, of a side, or everything",
    options: {
      ...cancelFilter,
      yes: { about: "do not ask" },
      ...confirm,
      ...exchange,
      ...json,
      ...dryRun,
      ...help,
    },
  },
  guard: {
    about: "run a command, and cancel all open orders if it fails",
    options: {
      ...cancelFilter,
      always: { about: "cancel even if the command succeeds" },
      heartbeat: { value: "FILE", about: "a file that the command must touch regularly" },
      within: { value: "SECONDS", about: "the longest time between two touches of the file" },
      ...exchange,
      ...help,
    },
  },
  practice: {
    about: "start a local practice exchange",
    options: { ...port, ...orders, ...json, ...help },
  },
  dashboard: {
    about: "start a local web page to cancel orders",
    options: { ...port, practice: { about: "also start a practice exchange" }, ...orders, ...help },
  },
  completion: {
    about: "print completions for bash, zsh or fish",
    options: { ...help },
  },
};

/** The options of all commands, needed to find the command among the arguments. */
export const allOptions: Options = Object.assign(
  {},
  ...[cancel, ...Object.values(commands)].map((one) => one.options),
);
