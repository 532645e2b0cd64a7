// What the page asks for when it opens: whether there is an exchange to practice with.
import { jsonAnswer } from "./refusal.ts";

/** @typedef {import("../practice/exchange.ts").Exchange} Exchange */

/** More than a page would offer to try. */
const MAX_ORDERS = 200;

/**
 * The keys are those of the documentation: they open nothing but a practice exchange.
 * @param {Exchange | null} exchange
 */
export function sessionAnswer(exchange) {
  return jsonAnswer(200, { practice: exchange && practiceOf(exchange) });
}

/** @param {Exchange} exchange */
function practiceOf({ keys, orders }) {
  const { accessKey, secretKey } = keys.trader;
  return {
    accessKey,
    secretKey,
    orders: orders
      .open()
      .slice(0, MAX_ORDERS)
      .map(({ uuid }) => uuid),
  };
}
