// Passes one signed cancellation on, and its answer back. Nothing else can be sent through it.
import { refuseOtherPages } from "./own-requests.ts";
import { Refusal } from "./refusal.ts";
import { UpstreamClient } from "./upstream-client.ts";

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {import("./refusal.ts").Answer} Answer */

/** A uuid needs 41 characters; an identifier in any script has room as well. */
const MAX_QUERY_LENGTH = 4096;
/** What of a request goes on. Not Origin, Cookie or Referer: Upbit may count calls from pages differently. */
const FORWARDED = ["authorization", "accept"];
/** What of an answer comes back. Not Location: a signed request follows no redirect. */
const PASSED_BACK = ["content-type", "remaining-req", "retry-after"];

export class Relay {
  #upstreams;
  #client;

  /**
   * @param {import("./upstreams.ts").Upstreams} upstreams
   * @param {number} timeoutMs
   */
  constructor(upstreams, timeoutMs) {
    this.#upstreams = new Map(Object.entries(upstreams).map(([region, url]) => [region, new URL(url)]));
    this.#client = new UpstreamClient(timeoutMs);
  }

  /**
   * The path is compared as it came, before anything could decode or shorten it.
   * @param {IncomingMessage} request
   * @param {{ path: string, query: string }} target
   * @param {AbortSignal} signal
   * @returns {Promise<Answer>}
   */
  async answer(request, { path, query }, signal) {
    const region = /^\/relay\/([a-z]+)\/v1\/order$/.exec(path)?.[1];
    if (region === undefined) {
      throw new Refusal(404, "relay_not_found", "The relay knows /relay/<region>/v1/order and nothing else.");
    }
    const upstream = this.#upstreams.get(region);
    if (upstream === undefined) {
      const known = [...this.#upstreams.keys()].join(", ");
      throw new Refusal(404, "relay_unknown_region", `The relay knows the regions ${known}.`);
    }
    if (request.method !== "DELETE") {
      throw new Refusal(405, "relay_method_refused", "The relay only cancels.", { Allow: "DELETE" });
    }
    refuseOtherPages(request);
    refuseQuery(query);
    const headers = pick(request.headers, FORWARDED);
    const answer = await this.#client.delete(upstream, `/v1/order${query}`, headers, signal);
    return { ...answer, headers: { ...pick(answer.headers, PASSED_BACK), ...budgetOf(answer.headers) } };
  }

  close() {
    this.#client.close();
  }
}

/** @param {string} query with its question mark, or empty */
function refuseQuery(query) {
  if (query.length > MAX_QUERY_LENGTH)
    throw new Refusal(414, "relay_query_too_long", "The query is too long.");
  if (!/^[\x21-\x7e]*$/.test(query))
    throw new Refusal(400, "relay_query_refused", "The query is not encoded.");
}

/**
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @param {string[]} names
 */
function pick(headers, names) {
  /** @type {Record<string, string>} */
  const picked = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === "string") picked[name] = value;
  }
  return picked;
}

/**
 * The page cannot read the headers of a request that the package makes; a timing entry it can.
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @returns {Record<string, string>}
 */
function budgetOf(headers) {
  const left = /(?:^|;)\s*sec\s*=\s*(\d{1,4})\s*(?:;|$)/.exec(String(headers["remaining-req"] ?? ""))?.[1];
  return left === undefined ? {} : { "Server-Timing": `remaining-requests;desc="${left}"` };
}
