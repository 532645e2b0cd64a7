// Results as JSON lines, for scripts.

/** @typedef {import("./told-result.ts").ToldResult} ToldResult */

/**
 * @param {ToldResult} result
 * @returns {string}
 */
export function jsonLine(result) {
  return JSON.stringify(result.ok ? result : { ...result, error: facts(result.error) });
}

/**
 * The message of an error is not among what JSON makes of it by itself.
 * @param {import("./told-result.ts").ToldError} error
 */
function facts({ kind, outcome, status, code, message, hint, retryAfterMs, attempts }) {
  return { kind, outcome, status, code, message, hint, retryAfterMs, attempts };
}
