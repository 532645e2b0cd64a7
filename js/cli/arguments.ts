// Parses argv by a table of options.
import { commands, type Option, type Options } from "./commands.ts";
import { UsageError } from "./failure.ts";
import { nearest, suggestedOption } from "./suggestion.ts";
import { quoted } from "./terminal-text.ts";

/** One argument. `option` is empty if it is not an option. */
export interface Given {
  option: string;
  value: string;
  /** Position among the arguments, from 1. */
  position: number;
}

export class Arguments {
  /** The arguments before `--`. */
  readonly given: Given[];
  /** The arguments after `--`; null if there is no `--`. */
  readonly rest: Given[] | null;

  constructor(given: Given[], rest: Given[] | null) {
    this.given = given;
    this.rest = rest;
  }

  has(option: string): boolean {
    return this.given.some((given) => given.option === option);
  }

  /** Arguments that are neither options nor values of options. */
  get operands(): Given[] {
    return [...this.given.filter(({ option }) => option === ""), ...(this.rest ?? [])];
  }

  refuseOperands(): void {
    const [first] = this.operands;
    if (first === undefined) return;
    const meant = suggestedOption(first.value);
    const advice = meant === null ? "" : `: did you mean ${quoted(meant)}?`;
    throw new UsageError(`argument ${first.position}: this command only takes options${advice}`);
  }

  all(option: string): string[] {
    return this.given.filter((given) => given.option === option).map(({ value }) => value);
  }

  one(option: string): string | undefined {
    const values = this.all(option);
    if (values.length > 1) throw new UsageError(`Option '--${option}' was given more than once`);
    return values[0];
  }

  /** Reads seconds and returns milliseconds. */
  milliseconds(option: string): number | undefined {
    const value = this.one(option);
    if (value === undefined) return undefined;
    const ms = /^\d+(\.\d+)?$/.test(value) ? Math.round(Number(value) * 1000) : 0;
    if (ms > 0 && ms <= 86_400_000) return ms;
    throw new UsageError(`Option '--${option}' must be a number of seconds above 0, at most 86400 (a day)`);
  }

  wholeNumber(option: string, most: number, usual: number): number {
    const value = this.one(option);
    if (value === undefined) return usual;
    if (/^\d{1,9}$/.test(value) && Number(value) <= most) return Number(value);
    throw new UsageError(`Option '--${option}' must be a whole number from 0 to ${most}`);
  }
}

/**
 * @param argv The arguments without the program name.
 * @param commandAt The index of the command name; -1 if there is none.
 */
export function parseArguments(argv: string[], options: Options, commandAt: number): Arguments {
  const end = argv.indexOf("--");
  const own = end === -1 ? argv : argv.slice(0, end);
  refuseSecretOptions(own);
  const given: Given[] = [];
  for (let at = 0; at < own.length; at += 1) {
    if (at === commandAt) continue;
    const position = at + 1;
    const argument = own[at] ?? "";
    if (!argument.startsWith("-") || argument === "-") {
      given.push({ option: "", value: argument, position });
      continue;
    }
    const { name, value } = readOption(argument, options);
    const option = options[name] as Option;
    const takesNext = option.value !== undefined && option.defaultValue === undefined && value === undefined;
    if (takesNext) at += 1;
    given.push({
      option: name,
      value: takesNext ? nextValue(name, own[at]) : (value ?? option.defaultValue ?? ""),
      position,
    });
  }
  const rest = argv
    .slice(own.length + 1)
    .map((value, at) => ({ option: "", value, position: own.length + at + 2 }));
  return new Arguments(given, end === -1 ? null : rest);
}

/** The index of the first argument that is neither an option nor a value; -1 if there is none. */
export function firstOperand(argv: string[], options: Options): number {
  for (let at = 0; at < argv.length && argv[at] !== "--"; at += 1) {
    const argument = argv[at] ?? "";
    if (!argument.startsWith("-")) return at;
    const option = options[argument.slice(2)];
    if (option?.value !== undefined && option.defaultValue === undefined) at += 1;
  }
  return -1;
}

function readOption(argument: string, options: Options): { name: string; value: string | undefined } {
  if (argument === "-h") return { name: "help", value: undefined };
  const [, name = "", , value] = /^--([^=]*)(=(.*))?$/s.exec(argument) ?? [];
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) throw unknownOption(argument, options);
  if (value !== undefined && option.value === undefined)
    throw new UsageError(`Option '--${name}' takes no value`);
  return { name, value };
}

function unknownOption(argument: string, options: Options): UsageError {
  const typed = argument.split("=", 1)[0] ?? "";
  const owners = Object.keys(commands).filter((name) =>
    Object.hasOwn(commands[name]?.options ?? {}, typed.slice(2)),
  );
  if (owners.length > 0)
    return new UsageError(`Option ${quoted(typed)} belongs to other commands: ${owners.join(", ")}`);
  const meant = nearest(
    typed,
    Object.keys(options).map((name) => `--${name}`),
  );
  return new UsageError(`Unknown option ${quoted(typed)}${meant === null ? "" : `: did you mean ${meant}?`}`);
}

function nextValue(name: string, next: string | undefined): string {
  if (next !== undefined && (next === "-" || !next.startsWith("-"))) return next;
  throw new UsageError(`Option '--${name}' needs a value; write '=' before a value that starts with '-'`);
}

/** Other programs can read arguments, and shells store them. */
function refuseSecretOptions(argv: string[]): void {
  if (!argv.some((argument) => /^--?[\w-]*(secret|access|key|token|password)/i.test(argument))) return;
  throw new UsageError(
    "Keys cannot be given as arguments, because other programs can read them",
    "Set UPBIT_ACCESS_KEY and UPBIT_SECRET_KEY in the environment. If this was a real key, replace it.",
  );
}
