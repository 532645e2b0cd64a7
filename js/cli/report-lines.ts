// Results in words, for a person.
import { verdictOf } from "./told-result.ts";

/** @typedef {import("./told-result.ts").ToldResult} ToldResult */
/**
 * Upbit may leave out any field but the UUID.
 * @typedef {Partial<import("upbit-cancel-order").CanceledOrder>} Order
 */

const COLUMN = 14;
const GREEN = 32;
const YELLOW = 33;
const RED = 31;
const COLORS = { canceled: GREEN, "not canceled": YELLOW, UNKNOWN: RED };

/**
 * @param {boolean} color
 * @returns {(result: ToldResult) => string} one line, or two with a hint, without a newline at the end
 */
export function lineReporter(color) {
  return (result) => {
    const verdict = verdictOf(result);
    const painted = color ? `\x1b[${COLORS[verdict]}m${verdict}\x1b[39m` : verdict;
    const padding = " ".repeat(COLUMN - verdict.length);
    return `${painted}${padding}${printable(nameOf(result))}  ${details(result)}`;
  };
}

/** @param {ToldResult} result */
function nameOf({ request }) {
  return request.uuid ?? `identifier=${request.identifier}`;
}

/** @param {ToldResult} result */
function details(result) {
  if (result.ok) return printable(describe(result.order));
  const { message, hint } = result.error;
  return printable(message) + (hint === null ? "" : `\n${" ".repeat(COLUMN)}${hint}`);
}

/** @param {Order} order */
function describe(order) {
  const type = order.ord_type === "limit" ? undefined : order.ord_type;
  const what = [order.market, order.side, type].filter((word) => word !== undefined).join(" ");
  return [what, amount(order)].filter((part) => part !== "").join(", ");
}

/** @param {Order} order */
function amount({ ord_type, price, volume, remaining_volume: left }) {
  // The price of a market buy is what it was to spend, and it has no volume.
  if (ord_type === "price" && price !== undefined) return `${price} to spend`;
  const of = volume === undefined || volume === left ? "" : ` of ${volume}`;
  const amountLeft = left === undefined ? [] : [`${left}${of} left`];
  return [...amountLeft, ...(price === undefined ? [] : [`at ${price}`])].join(" ");
}

/**
 * Control characters could steer the terminal, and others turn the line's direction.
 * @param {string} text
 */
function printable(text) {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}
