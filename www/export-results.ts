// Results as text for elsewhere.
import { FIELD_NAMES, textOf } from "./order-fields.ts";
import { adviceOf, outcomeOf } from "./outcome-words.ts";

/** @typedef {import("./results.ts").Entry} Entry */

/** @type {[string, (entry: Entry) => unknown][]} */
const COLUMNS = [
  ["time", ({ at }) => at.toISOString()],
  ["region", ({ place }) => place.region.value],
  ["key_ending", ({ place }) => place.keyEnding],
  ["requested_uuid", ({ result }) => result.request.uuid],
  ["requested_identifier", ({ result }) => result.request.identifier],
  ["outcome", ({ result }) => outcomeOf(result)],
  ...["kind", "code", "status", "attempts", "message"].map((name) => errorColumn(name)),
  ["hint", ({ result }) => (result.ok ? null : adviceOf(result.error))],
  ...Object.keys(FIELD_NAMES).map((name) => orderColumn(name)),
];

/** @param {Entry[]} entries */
export function toCsv(entries) {
  const header = COLUMNS.map(([name]) => name);
  const rows = entries.map((entry) => COLUMNS.map(([, read]) => read(entry) ?? ""));
  return [header, ...rows].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

/** @param {Entry[]} entries */
export function toJson(entries) {
  const results = entries.map(({ result, place, at }) => {
    const where = { time: at.toISOString(), region: place.region.value, keyEnding: place.keyEnding };
    const { ok, request } = result;
    return { ...where, ok, request, ...(ok ? { order: result.order } : { error: plainError(result.error) }) };
  });
  return `${JSON.stringify(results, null, 2)}\n`;
}

/**
 * Always in quotes, so that nothing in it ends the field. A spreadsheet would run a text that begins like a
 * formula, and an identifier is anybody's text: an apostrophe makes it text.
 * @param {unknown} value
 */
function csvField(value) {
  const text = textOf(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** @param {import("./upbit-cancel-order.js").UpbitError} error whose fields are not all its own and listed */
function plainError({ kind, outcome, status, code, message, hint, retryAfterMs, attempts }) {
  return { kind, outcome, status, code, message, hint, retryAfterMs, attempts };
}

/**
 * @param {string} name
 * @returns {[string, (entry: Entry) => unknown]}
 */
function errorColumn(name) {
  return [name, ({ result }) => (result.ok ? null : /** @type {any} */ (result.error)[name])];
}

/**
 * @param {string} name
 * @returns {[string, (entry: Entry) => unknown]}
 */
function orderColumn(name) {
  return [name, ({ result }) => (result.ok ? result.order[name] : null)];
}
