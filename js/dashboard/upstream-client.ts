// One request to an exchange: verified TLS, no redirects, bounded in time and size.
import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Refusal } from "./refusal.ts";

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
/** Some gateways turn away requests that do not say who they are. */
const USER_AGENT = "upbit-cancel-order-dashboard";

/** Failures are 502 whatever they are: the request may have arrived, and only a 5xx says so. */
const failed = (/** @type {string} */ code, /** @type {string} */ message) => new Refusal(502, code, message);
const unreachable = () => failed("relay_upstream_unreachable", "The relay got no answer from the exchange.");
const broken = () => failed("relay_upstream_broken", "The exchange's answer broke off.");
const oversized = () => failed("relay_upstream_oversized", "The exchange's answer is larger than 1 MiB.");
const timedOut = () => failed("relay_upstream_timeout", "The exchange did not answer the relay in time.");

export class UpstreamClient {
  #timeoutMs;
  // Connections are kept: a handshake for each of 30 requests a second would make the 30 impossible.
  #http = new HttpAgent({ keepAlive: true });
  #https = new HttpsAgent({ keepAlive: true, rejectUnauthorized: true });

  /** @param {number} timeoutMs from the connection to the last byte of the answer */
  constructor(timeoutMs) {
    this.#timeoutMs = timeoutMs;
  }

  /**
   * @param {URL} base
   * @param {string} target path and query, sent as they are
   * @param {Record<string, string>} headers
   * @param {AbortSignal} signal ends the request when nobody waits for it any more
   */
  async delete(base, target, headers, signal) {
    const limit = new AbortController();
    const end = () => limit.abort();
    const timer = setTimeout(() => limit.abort(timedOut()), this.#timeoutMs);
    signal.addEventListener("abort", end);
    try {
      const response = await this.#send(base, target, headers, limit.signal).catch((error) => {
        throw refusalOf(limit.signal) ?? (error instanceof Refusal ? error : unreachable());
      });
      const body = await readBody(response).catch((error) => {
        throw refusalOf(limit.signal) ?? (error instanceof Refusal ? error : broken());
      });
      return { status: response.statusCode ?? 502, headers: response.headers, body };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
    }
  }

  close() {
    this.#http.destroy();
    this.#https.destroy();
  }

  /**
   * Not by URL: a URL parser would rewrite characters of a query that is signed.
   * @param {URL} base
   * @param {string} target
   * @param {Record<string, string>} headers
   * @param {AbortSignal} signal
   * @returns {Promise<IncomingMessage>}
   */
  #send({ protocol, hostname, port }, target, headers, signal) {
    const options = {
      method: "DELETE",
      hostname,
      port,
      path: target,
      headers: { ...headers, "User-Agent": USER_AGENT },
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
    };
    return new Promise((resolve, reject) => {
      const request =
        protocol === "https:"
          ? httpsRequest({ ...options, agent: this.#https })
          : httpRequest({ ...options, agent: this.#http });
      request.on("response", resolve);
      request.on("error", reject);
      request.end();
    });
  }
}

/**
 * @param {IncomingMessage} response
 * @returns {Promise<Buffer>}
 */
async function readBody(response) {
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw oversized();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * @param {AbortSignal} signal
 * @returns {Refusal | null} if the time was up
 */
function refusalOf({ reason }) {
  return reason instanceof Refusal ? reason : null;
}
