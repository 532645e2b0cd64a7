// Errors in Upbit's format: {"error":{"name","message"}}.

/** An answer. The body is `text` if present, otherwise the serialized `json`. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  json?: unknown;
  text?: string;
}

/** A refused request. The message must not contain a token or a key. */
export class Refusal extends Error {
  readonly status: number;
  /** Upbit's `error.name` */
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  toAnswer(): Answer {
    return { status: this.status, headers: this.headers, json: errorBody(this.code, this.message) };
  }
}

export function errorBody(name: string, message: string) {
  return { error: { name, message } };
}

export function ok(json: unknown): Answer {
  return { status: 200, headers: {}, json };
}

/** Runs one rule and returns a refusal instead of throwing it, so that a later rule can take precedence. */
export function attempt<T>(step: () => T): T | Refusal {
  try {
    return step();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Returns the value of a step, or throws its refusal. */
export function unwrap<T>(result: T | Refusal): T {
  if (result instanceof Refusal) throw result;
  return result;
}
