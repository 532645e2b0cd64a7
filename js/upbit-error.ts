/** @typedef {import("./index.d.ts").UpbitError} Facts */

/** The one error class of the package. It carries copied facts and no request, so no key either. */
export class UpbitError extends Error {
  /**
   * Called by the core only; the order of the parameters is that of `src/web/raise.rs`.
   *
   * @param {string} message
   * @param {Facts["kind"]} kind
   * @param {Facts["outcome"]} outcome
   * @param {number | null} status
   * @param {string | null} code
   * @param {string | null} hint
   * @param {number | null} retryAfterMs
   * @param {number} attempts
   */
  constructor(message, kind, outcome, status, code, hint, retryAfterMs, attempts) {
    super(message);
    this.kind = kind;
    this.outcome = outcome;
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.retryAfterMs = retryAfterMs;
    this.attempts = attempts;
  }

  static {
    // Said outright, because a minifier renames the class.
    const name = { value: "UpbitError", configurable: true };
    Object.defineProperty(this, "name", name);
    Object.defineProperty(this.prototype, "name", { ...name, writable: true });
  }
}
