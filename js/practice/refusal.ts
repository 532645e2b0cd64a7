// Refusals in the envelope that Upbit's exchange endpoints use: {"error":{"name","message"}}.

/** What goes back to the caller. `json` is serialised, unless `text` holds the body as it is. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  json?: unknown;
  text?: string;
}

/** A request that the exchange turns down. The message never repeats a token or a key. */
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

/** Runs one step of the rules; a refusal becomes its value, so that a later rule can outrank it. */
export function attempt<T>(step: () => T): T | Refusal {
  try {
    return step();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The value of a step, or its refusal thrown after all. */
export function unwrap<T>(result: T | Refusal): T {
  if (result instanceof Refusal) throw result;
  return result;
}
