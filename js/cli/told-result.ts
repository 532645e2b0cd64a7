// A result as it is told to the user.

/** @typedef {import("upbit-cancel-order").CancelResult} CancelResult */
/** @typedef {import("upbit-cancel-order").OrderRef} OrderRef */
/** @typedef {Omit<import("upbit-cancel-order").UpbitError, "name">} ToldError */
/** @typedef {Extract<CancelResult, { ok: true }>} Success */
/** @typedef {Success | { ok: false, request: OrderRef, error: ToldError }} ToldResult */

/** @typedef {"canceled" | "not canceled" | "UNKNOWN"} Verdict */

/** @type {ToldError} */
const NOT_SENT = {
  kind: "aborted",
  outcome: "not_canceled",
  message: "not sent: the command was stopped before its turn",
  hint: "The order is as it was.",
  status: null,
  code: null,
  retryAfterMs: null,
  attempts: 0,
};

/**
 * Every order was checked before, so the package can only call a request invalid because the client
 * was closed before its turn; to the user, that is a stop like any other.
 *
 * @param {CancelResult} result
 * @returns {ToldResult}
 */
export function toldResult(result) {
  if (result.ok || result.error.kind !== "invalid_request") return result;
  return { ...result, error: NOT_SENT };
}

/**
 * @param {ToldResult} result
 * @returns {Verdict}
 */
export function verdictOf(result) {
  if (result.ok) return "canceled";
  return result.error.outcome === "unknown" ? "UNKNOWN" : "not canceled";
}
