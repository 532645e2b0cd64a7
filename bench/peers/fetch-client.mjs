// A client as one writes it by hand around a function that signs: the same for every way of signing. The
// leanest that does the job: no time limit, no retries, no limit of the body and no care for redirects.

/** @typedef {(query: string) => string | Promise<string>} Sign the token for a query */

/** An answer that was not a success. */
export class AnswerError extends Error {
  /** @param {number} status @param {string} code */
  constructor(status, code) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

/**
 * @param {string} baseUrl
 * @param {Sign} sign
 * @param {() => RequestInit} [more] of each request
 * @returns {import("./peers.mjs").Client}
 */
export function fetchClient(baseUrl, sign, more) {
  return {
    sign: (uuid) => sign(`uuid=${uuid}`),
    async cancel(uuid) {
      const query = `uuid=${encodeURIComponent(uuid)}`;
      const response = await fetch(`${baseUrl}/v1/order?${query}`, {
        method: "DELETE",
        headers: { Authorization: `Bearer ${await sign(query)}`, Accept: "application/json" },
        ...more?.(),
      });
      const answer = await response.json();
      if (!response.ok) throw new AnswerError(response.status, answer.error.name);
      return Array.isArray(answer) ? answer[0] : answer;
    },
    statusOf: (error) => /** @type {AnswerError} */ (error).status,
    codeOf: (error) => /** @type {AnswerError} */ (error).code,
  };
}
