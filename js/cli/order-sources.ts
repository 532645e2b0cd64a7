// Collects the orders in the arguments, checks them and removes duplicates.
import { closeSync, openSync, readSync } from "node:fs";
import type { OrderRef } from "upbit-cancel-order";
import {
  type BadLineReason,
  distinctOrders,
  isUuid,
  REASONS,
  readIdentifier,
  readOrderLines,
} from "../order-lines.ts";
import type { Arguments, Given } from "./arguments.ts";
import { commands } from "./commands.ts";
import { UsageError } from "./failure.ts";
import { nearest, suggestedOption } from "./suggestion.ts";
import { escaped, quoted } from "./terminal-text.ts";

/** The largest file: about 280,000 UUIDs. A device file may never end. */
const MAX_BYTES = 10 * 1024 * 1024;
const CHUNK = 64 * 1024;

/** How many bad lines of a file are listed. */
const MAX_LISTED = 100;

const STDIN = 0;

/** @returns The orders, and the number of duplicates. */
export function ordersFrom(args: Arguments): { orders: OrderRef[]; duplicates: number } {
  const sources = [...args.given.filter(isSource), ...(args.rest ?? [])];
  if (sources.length === 0)
    throw new UsageError("No order was given: name it by UUID, --identifier or --file");
  const named = sources.flatMap(readSource);
  if (named.length === 0) throw new UsageError("The list contains no orders");
  const orders = distinctOrders(named);
  return { orders, duplicates: named.length - orders.length };
}

function isSource({ option }: Given): boolean {
  return ["", "identifier", "file"].includes(option);
}

function readSource({ option, value, position }: Given): OrderRef[] {
  if (option === "file") return ordersOfFile(value);
  if (option === "") return [uuidArgument(value, position)];
  const order = readIdentifier(value);
  if (typeof order === "string")
    throw new UsageError(`argument ${position}: ${REASONS[order as BadLineReason]}`);
  return [order];
}

function uuidArgument(text: string, position: number): OrderRef {
  if (isUuid(text)) return { uuid: text };
  throw new UsageError(`argument ${position}: ${notUuidMessage(text)}`);
}

/** The message repeats the argument only if it is similar to an option or command. Otherwise it could be a key. */
function notUuidMessage(text: string): string {
  const option = suggestedOption(text);
  if (option) return `${quoted(text)} is not a UUID: did you mean ${quoted(option)}?`;
  if (text === "cancel") return "there is no command 'cancel': give the UUIDs without a command";
  const command = nearest(text, Object.keys(commands));
  if (command) return `${quoted(text)} is not a UUID or a command: did you mean '${command}'?`;
  return "not a UUID, which is 32 hexadecimal digits in groups of 8-4-4-4-12";
}

function ordersOfFile(path: string): OrderRef[] {
  const name = path === "-" ? "standard input" : escaped(path);
  const { entries, bad } = readOrderLines(new TextDecoder().decode(readBounded(path, name)));
  if (bad.length === 0) return entries.map(({ order }) => order);
  const listed = bad.slice(0, MAX_LISTED).map(({ line, reason }) => `${name}:${line}: ${REASONS[reason]}`);
  const more = bad.length - listed.length;
  if (more > 0) listed.push(`${name}: ${more} more invalid lines, up to line ${bad.at(-1)?.line}`);
  throw new UsageError(listed.join("\n"));
}

function readBounded(path: string, name: string): Uint8Array {
  try {
    const file = path === "-" ? STDIN : openSync(path, "r");
    try {
      return readAll(file, name);
    } finally {
      if (file !== STDIN) closeSync(file);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name}: ${readErrorText(error)}`);
  }
}

function readAll(file: number, name: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let size = 0; size <= MAX_BYTES; ) {
    const chunk = new Uint8Array(CHUNK);
    const length = readChunk(file, chunk);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, length));
    size += length;
  }
  throw new UsageError(`${name}: a list of orders can have at most 10 MiB`);
}

/** Waits if standard input is not ready yet (EAGAIN). */
function readChunk(file: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function readErrorText(error: unknown): string {
  const code = codeOf(error);
  const words: Record<string, string> = {
    ENOENT: "no such file",
    EISDIR: "is a directory",
    EACCES: "permission denied",
  };
  return words[code] ?? `cannot be read (${code})`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
