import type * as Public from "./index.d.ts";

/** The fields of an error that the core passes. */
export type Facts = Pick<
  Public.UpbitError,
  "message" | "kind" | "outcome" | "status" | "code" | "hint" | "retryAfterMs" | "attempts"
>;

/** The only error class of the package. It has no reference to a request, and therefore no key. */
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

  /** @param site has the stack of the caller, recorded when the package was called. */
  constructor(facts: Facts, order: Public.OrderSummary | null, site: { stack?: string }) {
    const { stackTraceLimit } = Error;
    // Do not record frames here: for an uncaught error, Node prints the source line of the first frame, which would be a line of
    // this package.
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

  /** Adds name and message, which `JSON.stringify` would leave out because they are not enumerable. */
  toJSON(): object {
    const { name, message } = this;
    return { ...this, name, message };
  }

  static {
    // Set explicitly, because a minifier may rename the class.
    const name = { value: "UpbitError", configurable: true };
    Object.defineProperty(UpbitError, "name", name);
    Object.defineProperty(UpbitError.prototype, "name", { ...name, writable: true });
  }
}

/** The frames of a stack, without the first line that V8 adds. */
function framesOf({ stack = "" }: { stack?: string }): string {
  return stack.startsWith("Error") ? stack.slice(stack.indexOf("\n") + 1) : stack;
}
