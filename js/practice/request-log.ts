// What arrived, for tests to look at. It holds signed tokens, so it is never printed.
import { parameter } from "./incoming-request.ts";

/** How many of the last requests are kept. */
export const KEPT_REQUESTS = 5000;

/**
 * @typedef {object} RequestEntry
 * @property {string} method
 * @property {string} url path and query, as on the wire
 * @property {string} path
 * @property {string} query as on the wire, without the "?"
 * @property {import("node:http").IncomingHttpHeaders} headers Authorization included
 * @property {Pick<import("./jwt.ts").Jwt, "header" | "claims"> | null} token decoded, unverified
 * @property {string | null} uuid
 * @property {string | null} identifier
 * @property {number} at when it arrived, on the exchange's clock
 * @property {number | null} status what it was answered, null as long as (or if) it was not
 */

/** All requests that ever arrived, and by status all that were answered. */
/** @typedef {{ total: number, [status: number]: number }} RequestCounts */

/** The last requests, oldest first, and how many there were in all. */
export class RequestLog {
  /** @type {RequestEntry[]} */
  entries = [];
  /** @type {RequestCounts} */
  counts = { total: 0 };
  #now;

  /** @param {() => number} now */
  constructor(now) {
    this.#now = now;
  }

  /**
   * @param {import("./incoming-request.ts").Incoming} incoming
   * @returns {(status: number) => void} to be called with the status when the request is answered
   */
  add(incoming) {
    const { method, url, path, rawQuery: query, headers, jwt } = incoming;
    const token = jwt === null ? null : { header: jwt.header, claims: jwt.claims };
    const names = { uuid: parameter(incoming, "uuid"), identifier: parameter(incoming, "identifier") };
    /** @type {RequestEntry} */
    const entry = { method, url, path, query, headers, token, ...names, at: this.#now(), status: null };
    this.counts.total += 1;
    this.entries.push(entry);
    if (this.entries.length > KEPT_REQUESTS) this.entries.shift();
    return (status) => {
      entry.status = status;
      this.counts[status] = (this.counts[status] ?? 0) + 1;
    };
  }
}
