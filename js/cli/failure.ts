// What ends the command before, or instead of, any result.
import type { UpbitError } from "upbit-cancel-order";
import type { Output } from "./output.ts";
import { escaped } from "./terminal-text.ts";

export const NAME = "upbit-cancel-order";

/** What the user can put right: told in words, without a stack. The exit status is 2. */
export class UsageError extends Error {
  readonly advice: string | null;

  /**
   * @param message With nothing in it that could be a secret.
   * @param advice What to do about it; empty if the message says so; default: the manual page of the command.
   */
  constructor(message: string, advice: string | null = null) {
    super(message);
    this.advice = advice;
  }
}

/** What the fields of the package's options are called here. */
const SPOKEN: Record<string, string> = {
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
 * @param command That was run; empty if it has no name.
 * @returns The exit status.
 */
export function tellFailure(error: unknown, command: string, output: Output): number {
  if (error instanceof UsageError) {
    const advice = error.advice ?? `Try '${NAME}${command && ` ${command}`} --help'.`;
    output.note(`${NAME}: ${escapedLines(error.message)}${advice && `\n${advice}`}`);
    return 2;
  }
  if (!isUpbitError(error)) {
    const message = error instanceof Error ? error.message : String(error);
    output.note(`${NAME}: this should not happen, please report it: ${escaped(message)}`);
    return 1;
  }
  output.note(`${NAME}: ${errorText(error)}`);
  return error.kind === "invalid_request" ? 2 : 1;
}

/** An error of the package in words, with its hint. */
export function errorText(error: UpbitError): string {
  return escaped(messageOf(error)) + (error.hint === null ? "" : `\n${escaped(error.hint)}`);
}

/** Its message, in which options have the names that they have here. Other messages may quote Upbit. */
export function messageOf({ kind, message }: Pick<UpbitError, "kind" | "message">): string {
  if (!["invalid_request", "unconfirmed", "timeout"].includes(kind)) return message;
  return message.replace(/`(\w+)`/g, (field, name) => SPOKEN[name] ?? field);
}

/** The package's own class would have to be loaded to be asked. */
export function isUpbitError(error: unknown): error is UpbitError {
  return error instanceof Error && error.name === "UpbitError" && "kind" in error;
}

/** A message of several lines names several things that are wrong. */
function escapedLines(text: string): string {
  return text.split("\n").map(escaped).join("\n");
}
