// Exports results as CSV and JSON. Names and values are the same in every language.
import { textOf } from "./order-facts.ts";
import type { Entry } from "./outcomes.ts";
import { english } from "./texts/english.ts";
import type { UpbitError } from "./upbit-cancel-order.js";

const ERROR_FIELDS = [
  "kind",
  "code",
  "status",
  "attempts",
  "message",
  "hint",
] as const satisfies (keyof UpbitError)[];

type Column = [name: string, read: (entry: Entry) => unknown];

const COLUMNS: readonly Column[] = [
  ["time", ({ at }) => at.toISOString()],
  ["region", ({ place }) => place.region],
  ["key_ending", ({ place }) => place.keyEnding],
  ["requested_uuid", ({ request }) => request.uuid],
  ["requested_identifier", ({ request }) => request.identifier],
  ["outcome", ({ outcome }) => outcome],
  ["canceled_before", ({ canceledBefore }) => canceledBefore?.toISOString()],
  ...ERROR_FIELDS.map((name): Column => [name, ({ error }) => error?.[name]]),
  ...Object.keys(english.fields).map((name): Column => [name, ({ order }) => fieldOf(order, name)]),
];

export function toCsv(entries: Entry[]): string {
  const header = COLUMNS.map(([name]) => name);
  const rows = entries.map((entry) => COLUMNS.map(([, read]) => read(entry) ?? ""));
  return [header, ...rows].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

export function toJson(entries: Entry[]): string {
  const results = entries.map(({ request, place, at, outcome, order, error, canceledBefore }) => {
    return {
      time: at,
      region: place.region,
      keyEnding: place.keyEnding,
      request,
      outcome,
      canceledBefore,
      order,
      error,
    };
  });
  return `${JSON.stringify(results, null, 2)}\n`;
}

/**
 * Quotes a field, and prefixes text that a spreadsheet would run as a formula with an apostrophe.
 */
function csvField(value: unknown): string {
  const text = textOf(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function fieldOf(order: object | null, name: string): unknown {
  return order === null ? undefined : Object.entries(order).find(([field]) => field === name)?.[1];
}
