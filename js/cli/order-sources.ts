// All orders that the arguments name, checked before anything is sent, each once.
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
import { nearest, optionMeant } from "./suggestion.ts";
import { escaped, quoted } from "./terminal-text.ts";

/** Of a file, in bytes: some 280,000 UUIDs. A device may never end. */
const LARGEST = 10 * 1024 * 1024;
const PIECE = 64 * 1024;

/** Of the bad lines of a file so many are told one by one. */
const MOST_TOLD = 100;

const STDIN = 0;

/** @returns The orders, and how many of those named were named before. */
export function ordersFrom(args: Arguments): { orders: OrderRef[]; duplicates: number } {
  const sources = [...args.given.filter(isSource), ...(args.rest ?? [])];
  if (sources.length === 0)
    throw new UsageError("No order was given: name it by UUID, --identifier or --file");
  const named = sources.flatMap(readSource);
  if (named.length === 0) throw new UsageError("The list holds no order");
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
  throw new UsageError(`argument ${position}: ${whyNoUuid(text)}`);
}

/** What was typed is repeated only if it is known what was meant: else it may be a key. */
function whyNoUuid(text: string): string {
  const option = optionMeant(text);
  if (option) return `${quoted(text)} is not a UUID: did you mean ${quoted(option)}?`;
  if (text === "cancel") return "'cancel' is not a UUID, and no command: UUIDs are given without one";
  const command = nearest(text, Object.keys(commands));
  if (command) return `${quoted(text)} is not a UUID, and no command: did you mean '${command}'?`;
  return "not a UUID, which is 32 hexadecimal digits in groups of 8-4-4-4-12";
}

function ordersOfFile(path: string): OrderRef[] {
  const name = path === "-" ? "standard input" : escaped(path);
  const { entries, bad } = readOrderLines(new TextDecoder().decode(readBounded(path, name)));
  if (bad.length === 0) return entries.map(({ order }) => order);
  const told = bad.slice(0, MOST_TOLD).map(({ line, reason }) => `${name}:${line}: ${REASONS[reason]}`);
  const more = bad.length - told.length;
  if (more > 0) told.push(`${name}: ${more} more bad lines, the last of them line ${bad.at(-1)?.line}`);
  throw new UsageError(told.join("\n"));
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
    throw new UsageError(`${name}: ${whyUnreadable(error)}`);
  }
}

function readAll(file: number, name: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let size = 0; size <= LARGEST; ) {
    const piece = new Uint8Array(PIECE);
    const length = readPiece(file, piece);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, length));
    size += length;
  }
  throw new UsageError(`${name}: more than 10 MiB, which is more than a list of orders may have`);
}

/** Standard input may not be ready yet, and says so in place of waiting. */
function readPiece(file: number, piece: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, piece);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function whyUnreadable(error: unknown): string {
  const code = codeOf(error);
  const words: Record<string, string> = {
    ENOENT: "no such file",
    EISDIR: "is a directory",
    EACCES: "may not be read",
  };
  return words[code] ?? `cannot be read (${code})`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
