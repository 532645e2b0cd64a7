// A signing client for tests, built on jose so that it shares nothing with the exchange or with our wasm.
import { createHash, randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { SignJWT } from "jose";
import { startExchange } from "../../js/practice/exchange.ts";

/** @typedef {import("../../js/practice/exchange.ts").Exchange} Exchange */
/** @typedef {import("../../js/practice/keys.ts").KeyPair} KeyPair */

/**
 * @typedef {object} SignOptions
 * @property {KeyPair} key
 * @property {string} [query] as on the wire
 * @property {Record<string, unknown>} [claims] laid over the right ones; undefined leaves one out
 * @property {Record<string, unknown>} [header] likewise
 */

/**
 * @typedef {object} Reply
 * @property {number} status
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {string} text
 * @property {any} json undefined when the body is no JSON
 */

/** The order that is open at the start of every exchange: Upbit's example. */
export const EXAMPLE_UUID = "cdd92199-2897-4e14-9448-f923320408ad";

/**
 * Starts an exchange that ends with the test.
 * @param {import("node:test").TestContext} t
 * @param {import("../../js/practice/exchange.ts").ExchangeOptions} [options]
 */
export async function openExchange(t, options) {
  const exchange = await startExchange(options);
  t.after(() => exchange.close());
  return exchange;
}

/**
 * @param {SignOptions} options
 * @returns {Promise<string>}
 */
export async function signToken({ key, query = "", claims = {}, header = {} }) {
  const hash = createHash("sha512").update(decodeURIComponent(query), "utf8").digest("hex");
  const payload = {
    access_key: key.accessKey,
    nonce: randomUUID(),
    ...(query !== "" && { query_hash: hash, query_hash_alg: "SHA512" }),
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: "HS512", typ: "JWT", ...header })
    .sign(new TextEncoder().encode(key.secretKey));
}

/**
 * @param {Exchange} exchange
 * @param {string} endpoint method and path
 * @param {string} [query] as on the wire; it is signed as it is
 * @param {Partial<SignOptions>} [signing]
 * @returns {Promise<Reply>}
 */
export async function call(exchange, endpoint, query = "", signing = {}) {
  const [method = "", path = ""] = endpoint.split(" ");
  return send(exchange, method, `${path}${query === "" ? "" : `?${query}`}`, {
    Authorization: `Bearer ${await signToken({ key: exchange.keys.trader, query, ...signing })}`,
  });
}

/** @param {Exchange} exchange @param {string} query @param {Partial<SignOptions>} [signing] */
export const cancel = (exchange, query, signing) => call(exchange, "DELETE /v1/order", query, signing);

/** @param {Exchange} exchange @param {string} [query] @param {Partial<SignOptions>} [signing] */
export const listOpen = (exchange, query, signing) => call(exchange, "GET /v1/orders/open", query, signing);

/**
 * One request on a connection of its own.
 * @param {Exchange} exchange
 * @param {string} method
 * @param {string} path
 * @param {Record<string, string>} [headers]
 * @param {string} [body]
 * @returns {Promise<Reply>} rejects unless the whole answer arrives
 */
export function send(exchange, method, path, headers = {}, body = "") {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: exchange.port, method, path, headers, agent: false };
    const request = httpRequest(options, async (response) => {
      try {
        let text = "";
        for await (const chunk of response.setEncoding("utf8")) text += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
      } catch (error) {
        reject(error);
      }
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {Reply} reply
 * @returns {string} status and error name, to be compared at one glance
 */
export function verdict({ status, json }) {
  return json?.error === undefined ? `${status}` : `${status} ${json.error.name}`;
}
