// What became of an order, in the words of a person who must not be misunderstood.

/** @typedef {import("./upbit-cancel-order.js").CancelResult} CancelResult */
/** @typedef {import("./upbit-cancel-order.js").UpbitError} UpbitError */
/** @typedef {"canceled" | "not_canceled" | "unknown"} Outcome */

/** @type {Record<Outcome, string>} */
export const TITLES = { canceled: "Canceled", not_canceled: "Not canceled", unknown: "Unknown" };

const LOOK_FIRST = "Look at your open orders before you try again.";

/**
 * @param {CancelResult} result
 * @returns {Outcome}
 */
export function outcomeOf(result) {
  return result.ok ? "canceled" : result.error.outcome;
}

/** @param {CancelResult} result */
export function meaningOf(result) {
  if (result.ok) return "Accepted by Upbit. Until it takes effect, the order may still fill.";
  const { outcome, attempts, code } = result.error;
  if (outcome === "unknown") return "The order may have been canceled, or it may still be open.";
  if (attempts === 0) return "Nothing was sent for this order. It is as it was.";
  if (code === "order_not_found") return "Upbit finds no such order for this key. Nothing was changed.";
  return "Still open, as far as this call knows.";
}

/**
 * What to do now.
 * @param {UpbitError} error
 */
export function adviceOf({ hint, outcome }) {
  return hint ?? (outcome === "unknown" ? LOOK_FIRST : null);
}

/**
 * For those who look it up or ask for help.
 * @param {UpbitError} error
 */
export function factsOf({ kind, code, status, attempts, retryAfterMs }) {
  return [
    kind,
    code,
    status === null ? null : `HTTP ${status}`,
    attempts === 1 ? "1 request sent" : `${attempts} requests sent`,
    retryAfterMs === null ? null : `wait ${Math.ceil(retryAfterMs / 1000)} s`,
  ].filter((fact) => fact !== null);
}
