// What ends the command before, or instead of, any result.
import type { UpbitError } from "upbit-cancel-order";
import type { Output } from "./output.ts";
import { escaped } from "./terminal-text.ts";

export const NAME = "upbit-cancel-order";

/** What the user can put right: told in words, without a stack. The exit status is 2. */
export class UsageError extends Error {
  readonly advice: string;

  /**
   * @param message With nothing in it that could be a secret.
   * @param advice What to do about it; default: where to read more.
   */
  constructor(message: string, advice = `Try '${NAME} --help'.`) {
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
};

/** @returns The exit status. */
export function tellFailure(error: unknown, output: Output): number {
  if (error instanceof UsageError) {
    output.note(`${NAME}: ${escapedLines(error.message)}\n${error.advice}`);
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
export function errorText({ kind, message, hint }: UpbitError): string {
  const spoken =
    kind === "invalid_request"
      ? message.replace(/`(\w+)`/g, (field, name) => SPOKEN[name] ?? field)
      : message;
  return escaped(spoken) + (hint === null ? "" : `\n${escaped(hint)}`);
}

/** The package's own class would have to be loaded to be asked. */
export function isUpbitError(error: unknown): error is UpbitError {
  return error instanceof Error && error.name === "UpbitError" && "kind" in error;
}

/** A message of several lines names several things that are wrong. */
function escapedLines(text: string): string {
  return text.split("\n").map(escaped).join("\n");
}
