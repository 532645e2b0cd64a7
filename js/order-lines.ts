// Parses lists of orders, one per line. Used by the command line and by the dashboard's page.
import type { OrderRef } from "./index.d.ts";

/** Why a line is not an order. The page has its own texts for these. */
export type BadLineReason =
  | "not_an_order"
  | "text_after_uuid"
  | "json_without_uuid"
  | "empty_identifier"
  | "not_utf8";

export interface OrderEntry {
  /** From 1. */
  line: number;
  order: OrderRef;
}

export interface BadLine {
  /** From 1. */
  line: number;
  /** The trimmed line. */
  text: string;
  reason: BadLineReason;
}

export interface OrderLines {
  entries: OrderEntry[];
  bad: BadLine[];
}

/** Messages for the reasons. */
export const REASONS: Record<BadLineReason, string> = {
  not_an_order: "neither a UUID (8-4-4-4-12 hexadecimal digits) nor identifier=ID",
  text_after_uuid: "only a # comment can follow a UUID; to read the output of 'list', use 'list --json'",
  json_without_uuid: "the JSON object has no `uuid` with a UUID",
  empty_identifier: "the identifier is empty",
  not_utf8: "the identifier is not UTF-8 text",
};

const LINE_END = /\r\n|\r|\n/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UUID_AND_COMMENT = /^(\S+)\s+#/;
const IDENTIFIER = "identifier=";

/**
 * A line is one of: a UUID, optionally followed by a space and a # comment; `identifier=ID`, where everything after the first =
 * is the identifier, including a #; a JSON object with a `uuid`; a blank line; a # comment. Lines end with LF, CRLF or CR.
 *
 * @param text Decoded text; a leading byte order mark is skipped.
 * @returns All orders and all bad lines, in the order of the lines, including duplicates.
 */
export function readOrderLines(text: string): OrderLines {
  const lines: OrderLines = { entries: [], bad: [] };
  text.split(LINE_END).forEach((untrimmed, index) => {
    const trimmed = untrimmed.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return;
    const order = readOrder(trimmed);
    if (typeof order === "string") lines.bad.push({ line: index + 1, text: trimmed, reason: order });
    else lines.entries.push({ line: index + 1, order });
  });
  return lines;
}

export function isUuid(text: unknown): text is string {
  return typeof text === "string" && UUID.test(text);
}

export function readIdentifier(identifier: string): OrderRef | BadLineReason {
  if (identifier === "") return "empty_identifier";
  // The decoder replaces invalid UTF-8 with U+FFFD, which would name another order.
  return identifier.includes("\uFFFD") ? "not_utf8" : { identifier };
}

/** A unique name of an order, as it can be written in a line. UUIDs are case-insensitive. */
export function orderName({ uuid, identifier }: OrderRef): string {
  return uuid?.toLowerCase() ?? `${IDENTIFIER}${identifier}`;
}

/** Removes duplicates and keeps the first of each. */
export function distinctOrders(orders: Iterable<OrderRef>): OrderRef[] {
  const byName = new Map<string, OrderRef>();
  for (const order of orders) if (!byName.has(orderName(order))) byName.set(orderName(order), order);
  return [...byName.values()];
}

function readOrder(line: string): OrderRef | BadLineReason {
  if (line.startsWith(IDENTIFIER)) return readIdentifier(line.slice(IDENTIFIER.length));
  if (line.startsWith("{")) return readJson(line);
  const uuid = UUID_AND_COMMENT.exec(line)?.[1] ?? line;
  if (isUuid(uuid)) return { uuid };
  return isUuid(line.split(/\s/, 1)[0]) ? "text_after_uuid" : "not_an_order";
}

function readJson(line: string): OrderRef | BadLineReason {
  try {
    const uuid: unknown = JSON.parse(line).uuid;
    return isUuid(uuid) ? { uuid } : "json_without_uuid";
  } catch {
    return "json_without_uuid";
  }
}
