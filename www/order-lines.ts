// Pasted orders: one a line, a UUID or identifier=ID; blank lines and # comments are skipped.

/** @typedef {import("./upbit-cancel-order.js").OrderRef} OrderRef */

/**
 * @typedef {object} OrderLines
 * @property {OrderRef[]} orders each once
 * @property {{ line: number, text: string, why: string }[]} problems
 * @property {number} repeated lines that name an order that an earlier line names
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const IDENTIFIER = "identifier=";

/**
 * @param {string} text
 * @returns {OrderLines}
 */
export function readOrderLines(text) {
  /** @type {Map<string, OrderRef>} */
  const orders = new Map();
  /** @type {OrderLines["problems"]} */
  const problems = [];
  let repeated = 0;
  for (const [index, untrimmed] of text.split(/\r\n|\r|\n/).entries()) {
    const line = untrimmed.trim();
    if (line === "" || line.startsWith("#")) continue;
    const order = readLine(line);
    if (order === null) problems.push({ line: index + 1, text: line, why: whyNot(line) });
    else if (orders.has(orderName(order))) repeated += 1;
    else orders.set(orderName(order), order);
  }
  return { orders: [...orders.values()], problems, repeated };
}

/**
 * One name for one order, as it stands in a line; the case of a UUID's digits means nothing.
 * @param {OrderRef} order
 */
export function orderName({ uuid, identifier }) {
  return uuid?.toLowerCase() ?? `${IDENTIFIER}${identifier}`;
}

/**
 * @param {string} line
 * @returns {OrderRef | null}
 */
function readLine(line) {
  if (UUID.test(line)) return { uuid: line };
  const identifier = line.startsWith(IDENTIFIER) ? line.slice(IDENTIFIER.length) : "";
  return identifier === "" ? null : { identifier };
}

/** @param {string} line */
function whyNot(line) {
  if (line.startsWith(IDENTIFIER)) return "the identifier is empty";
  return "neither a UUID nor identifier=ID";
}
