// Errors that end the command.
import type { UpbitError } from "upbit-cancel-order";
import type { Output } from "./output.ts";
import { escaped } from "./terminal-text.ts";

export const NAME = "upbit-cancel-order";

/** Wrong usage or configuration: printed without a stack, exit status 2. */
export class UsageError extends Error {
  readonly advice: string | null;

  /**
   * @param message Must not contain secrets.
   * @param advice What to do about it; empty if the message says so; default: a hint to the manual page of the command.
   */
  constructor(message: string, advice: string | null = null) {
    super(message);
    this.advice = advice;
  }
}

/** The command line's names for the options of the package. */
const CLI_NAMES: Record<string, string> = {
  accessKey: "UPBIT_ACCESS_KEY",
  secretKey: "UPBIT_SECRET_KEY",
  region: "the region",
  baseUrl: "the base URL",
  markets: "--market",
  side: "--side",
  everything: "--everything",
  confirmMs: "--confirm",
  timeoutMs: "the time limit",
};

/**
 * @param command The command that was run; empty if it has no name.
 * @returns The exit status.
 */
export function reportFailure(error: unknown, command: string, output: Output): number {
  if (error instanceof UsageError) {
    const advice = error.advice ?? `Try '${NAME}${command && ` ${command}`} --help'.`;
    output.note(`${NAME}: ${escapedLines(error.message)}${advice && `\n${advice}`}`);
    return 2;
  }
  if (!isUpbitError(error)) {
    const message = error instanceof Error ? error.message : String(error);
    output.note(`${NAME}: unexpected error, please report it: ${escaped(message)}`);
    return 1;
  }
  output.note(`${NAME}: ${errorText(error)}`);
  return error.kind === "invalid_request" ? 2 : 1;
}

/** The message and hint of an `UpbitError`. */
export function errorText(error: UpbitError): string {
  return escaped(messageOf(error)) + (error.hint === null ? "" : `\n${escaped(error.hint)}`);
}

/** The message, with the command line's names for options. Other messages may quote Upbit and are not changed. */
export function messageOf({ kind, message }: Pick<UpbitError, "kind" | "message">): string {
  if (!["invalid_request", "unconfirmed", "timeout"].includes(kind)) return message;
  return message.replace(/`(\w+)`/g, (field, name) => CLI_NAMES[name] ?? field);
}

/** Checks without `instanceof`, which would load the package. */
export function isUpbitError(error: unknown): error is UpbitError {
  return error instanceof Error && error.name === "UpbitError" && "kind" in error;
}

/** Escapes each line of a message that lists several problems. */
function escapedLines(text: string): string {
  return text.split("\n").map(escaped).join("\n");
}
