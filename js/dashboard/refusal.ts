// Answers of the dashboard's own, in the envelope that Upbit uses, so that the page reads them alike.

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 */

/** Why a request got no further than the dashboard. The message repeats nothing of the request. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
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
    return jsonAnswer(this.status, { error: { name: this.code, message: this.message } }, this.headers);
  }
}

/**
 * @param {number} status
 * @param {unknown} value
 * @param {Record<string, string>} [headers]
 * @returns {Answer}
 */
export function jsonAnswer(status, value, headers = {}) {
  const type = { "Content-Type": "application/json; charset=utf-8" };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(value)) };
}
