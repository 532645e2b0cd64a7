// Refusals in the envelope that Upbit's exchange endpoints use: {"error":{"name","message"}}.

/**
 * What goes back to the caller. `json` is serialised, unless `text` holds the body as it is.
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {unknown} [json]
 * @property {string} [text]
 */

/** A request that the exchange turns down. The message never repeats a token or a key. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code Upbit's `error.name`
   * @param {string} message
   * @param {Record<string, string>} [headers]
   */
  constructor(status, code, message, headers = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  /** @returns {Answer} */
  toAnswer() {
    return { status: this.status, headers: this.headers, json: errorBody(this.code, this.message) };
  }
}

/**
 * @param {string} name
 * @param {string} message
 */
export function errorBody(name, message) {
  return { error: { name, message } };
}

/**
 * Runs one step of the rules; a refusal becomes its value, so that a later rule can outrank it.
 * @template T
 * @param {() => T} step
 * @returns {T | Refusal}
 */
export function attempt(step) {
  try {
    return step();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/**
 * The value of a step, or its refusal thrown after all.
 * @template T
 * @param {T | Refusal} result
 * @returns {T}
 */
export function unwrap(result) {
  if (result instanceof Refusal) throw result;
  return result;
}
