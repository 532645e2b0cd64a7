// From argv to what the user wants. Values are never repeated in a message: one of them may be a secret.
import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

const text = /** @type {const} */ ({ type: "string", multiple: true });
const flag = /** @type {const} */ ({ type: "boolean" });
const help = /** @type {const} */ ({ type: "boolean", short: "h" });

/**
 * An argument that names orders.
 * @typedef {object} Source
 * @property {"uuid" | "identifier" | "file"} kind
 * @property {string} value unchecked; a file of "-" is standard input
 * @property {number} position among the arguments, from 1
 */

/**
 * @typedef {object} CancelArguments
 * @property {Source[]} sources in the order given
 * @property {string | undefined} region
 * @property {string | undefined} baseUrl
 * @property {boolean} json
 * @property {boolean} dryRun
 * @property {boolean} help
 * @property {boolean} version
 */

/**
 * @param {string[]} argv without the program's name
 * @returns {CancelArguments}
 */
export function cancelArguments(argv) {
  const { values, tokens } = parse(argv, {
    identifier: text,
    file: text,
    region: text,
    "base-url": text,
    json: flag,
    "dry-run": flag,
    version: flag,
    help,
  });
  return {
    sources: tokens.flatMap(sourceOf),
    region: single("--region", values.region),
    baseUrl: single("--base-url", values["base-url"]),
    json: values.json ?? false,
    dryRun: values["dry-run"] ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
  };
}

/** @param {string[]} argv what follows `practice` */
export function practiceArguments(argv) {
  const { values, positionals } = parse(argv, { port: text, json: flag, help });
  refuseOperands(positionals);
  return { port: portNumber(values.port, 8788), json: values.json ?? false, help: values.help ?? false };
}

/** @param {string[]} argv what follows `dashboard` */
export function dashboardArguments(argv) {
  const { values, positionals } = parse(argv, { port: text, practice: flag, help });
  refuseOperands(positionals);
  const { practice = false, help: wantsHelp = false } = values;
  return { port: portNumber(values.port, 8787), practice, help: wantsHelp };
}

/**
 * @param {{ kind: string, index: number, name?: string, value?: string | undefined }} token
 * @returns {Source[]}
 */
function sourceOf({ kind, index, name, value = "" }) {
  const position = index + 1;
  if (kind === "positional") return [{ kind: "uuid", value, position }];
  return name === "identifier" || name === "file" ? [{ kind: name, value, position }] : [];
}

/**
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} T
 * @param {string[]} args
 * @param {T} options
 */
function parse(args, options) {
  refuseSecretOptions(args);
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    // Of the parser's message only the beginning: the rest is advice of several lines.
    const [first = ""] = error instanceof Error ? error.message.split(/\. |\.?\n/) : [];
    throw new UsageError(first.replace("is ambiguous", "is missing, or begins with '-' and needs a '='"));
  }
}

/**
 * Arguments can be read by every program of the machine, and shells keep them.
 * @param {string[]} args
 */
function refuseSecretOptions(args) {
  const end = args.indexOf("--");
  const options = end === -1 ? args : args.slice(0, end);
  if (!options.some((argument) => /^--?[\w-]*(secret|access|key|token|password)/i.test(argument))) return;
  throw new UsageError(
    "Keys are not taken from arguments, which other programs can see",
    "Set UPBIT_ACCESS_KEY and UPBIT_SECRET_KEY in the environment. If a real key was given, replace it.",
  );
}

/**
 * @param {string} name
 * @param {string[]} [values]
 */
function single(name, values = []) {
  if (values.length > 1) throw new UsageError(`Option '${name}' was given more than once`);
  return values[0];
}

/** @param {string[]} positionals */
function refuseOperands(positionals) {
  if (positionals.length > 0) throw new UsageError("This command takes options only");
}

/**
 * @param {string[] | undefined} given
 * @param {number} usual
 */
function portNumber(given, usual) {
  const value = single("--port", given);
  if (value === undefined) return usual;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new UsageError("Option '--port' must be a number from 0 (any free port) to 65535");
}
