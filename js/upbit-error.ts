import type * as Public from "./index.d.ts";

/** The fields of an error that the core passes. */
export type ErrorFields = Pick<
  Public.UpbitError,
  "message" | "kind" | "outcome" | "status" | "code" | "hint" | "retryAfterMs" | "attempts"
>;

/** The only error class of the package. It has no reference to a request, and therefore no key. */
export class UpbitError extends Error implements Public.UpbitError {
  declare readonly name: "UpbitError";
  readonly kind: ErrorFields["kind"];
  readonly outcome: ErrorFields["outcome"];
  readonly status: ErrorFields["status"];
  readonly code: ErrorFields["code"];
  readonly hint: ErrorFields["hint"];
  readonly retryAfterMs: ErrorFields["retryAfterMs"];
  readonly attempts: ErrorFields["attempts"];
  readonly order: Public.OrderSummary | null;

  /** @param callSite has the caller's stack, recorded at the start of the call. */
  constructor(fields: ErrorFields, order: Public.OrderSummary | null, callSite: { stack?: string }) {
    const { stackTraceLimit } = Error;
    // Do not record frames here: for an uncaught error, Node prints the source line of the first frame, which would be a line of
    // this package.
    Reflect.set(Error, "stackTraceLimit", 0);
    super(fields.message);
    Reflect.set(Error, "stackTraceLimit", stackTraceLimit);
    const stack = `UpbitError: ${fields.message}\n${framesOf(callSite)}`;
    Object.defineProperty(this, "stack", { value: stack, writable: true, configurable: true });
    this.kind = fields.kind;
    this.outcome = fields.outcome;
    this.status = fields.status;
    this.code = fields.code;
    this.hint = fields.hint;
    this.retryAfterMs = fields.retryAfterMs;
    this.attempts = fields.attempts;
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
