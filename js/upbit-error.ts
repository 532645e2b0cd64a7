import type * as Public from "./index.d.ts";

/** What the core tells of a failure. */
export type Facts = Pick<
  Public.UpbitError,
  "message" | "kind" | "outcome" | "status" | "code" | "hint" | "retryAfterMs" | "attempts"
>;

/** The one error class of the package. It carries copied facts and no request, so no key either. */
export class UpbitError extends Error implements Public.UpbitError {
  declare readonly name: "UpbitError";
  readonly kind: Facts["kind"];
  readonly outcome: Facts["outcome"];
  readonly status: Facts["status"];
  readonly code: Facts["code"];
  readonly hint: Facts["hint"];
  readonly retryAfterMs: Facts["retryAfterMs"];
  readonly attempts: Facts["attempts"];
  readonly order: Public.OrderSummary | null;

  /** @param site made where the package was called: an error of a later moment would not know who called. */
  constructor(facts: Facts, order: Public.OrderSummary | null, site: { stack?: string }) {
    const { stackTraceLimit } = Error;
    // Without frames of its own: Node prints the line of the first one when an error is not caught, and that would be
    // a line of this package.
    Reflect.set(Error, "stackTraceLimit", 0);
    super(facts.message);
    Reflect.set(Error, "stackTraceLimit", stackTraceLimit);
    const stack = `UpbitError: ${facts.message}\n${framesOf(site)}`;
    Object.defineProperty(this, "stack", { value: stack, writable: true, configurable: true });
    this.kind = facts.kind;
    this.outcome = facts.outcome;
    this.status = facts.status;
    this.code = facts.code;
    this.hint = facts.hint;
    this.retryAfterMs = facts.retryAfterMs;
    this.attempts = facts.attempts;
    this.order = order;
  }

  /** `JSON.stringify` leaves out what an error has not as an enumerable member of its own, such as the message. */
  toJSON(): object {
    const { name, message } = this;
    return { ...this, name, message };
  }

  static {
    // Said outright, because a minifier renames the class.
    const name = { value: "UpbitError", configurable: true };
    Object.defineProperty(UpbitError, "name", name);
    Object.defineProperty(UpbitError.prototype, "name", { ...name, writable: true });
  }
}

/** V8 writes a line of its own before the frames. */
function framesOf({ stack = "" }: { stack?: string }): string {
  return stack.startsWith("Error") ? stack.slice(stack.indexOf("\n") + 1) : stack;
}
