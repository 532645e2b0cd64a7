// Clients that cancel an order without our package: those that npm has, each used as its users would.
import { createHash, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { encode } from "node:querystring";
import { pathToFileURL } from "node:url";
import { SignJWT } from "jose";
import { inRoot } from "../../scripts/paths.mjs";

const { upbit: Upbit } = await import(
  pathToFileURL(inRoot("target/peers/node_modules/ccxt/js/ccxt.js")).href
);
const { sign } = createRequire(inRoot("target/peers/package.json"))("jsonwebtoken");

/** @typedef {import("upbit-cancel-order").OrderRef} OrderRef */
/** @typedef {"HS512" | "HS256"} Algorithm */

/**
 * @typedef {object} Setting
 * @property {string} baseUrl
 * @property {string} accessKey
 * @property {string} secretKey
 * @property {string} [nonce] instead of one of its own
 * @property {string} [alteration] put after the text that is hashed, which makes the hash a wrong one
 */

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {Algorithm} algorithm
 * @property {(order: OrderRef, setting: Setting) => Promise<unknown>} cancel rejects with an error that
 *   says Upbit's name for what was wrong
 */

/**
 * ccxt, without the markets that it would load first. Its `cancelOrder` knows orders by uuid; by identifier they are
 * canceled with the method that it makes of the endpoint's name.
 * @type {Peer}
 */
const ccxt = {
  name: "ccxt",
  algorithm: "HS256",
  cancel({ uuid, ...others }, { baseUrl, accessKey, secretKey, nonce, alteration = "" }) {
    const exchange = new Upbit({ apiKey: accessKey, secret: secretKey, enableRateLimit: false });
    exchange.urls.api = { public: baseUrl, private: baseUrl };
    exchange.markets = {};
    if (nonce) exchange.uuid = () => nonce;
    const { rawencode } = exchange;
    exchange.rawencode = (/** @type {object} */ query) => rawencode(query) + alteration;
    return uuid ? exchange.cancelOrder(uuid, undefined, others) : exchange.privateDeleteOrder(others);
  },
};

/** A token by jose and a request by fetch: the query is percent-encoded in the URL and hashed as it is.
 * @param {Algorithm} algorithm @returns {Peer} */
const jose = (algorithm) => ({
  name: "jose + fetch",
  algorithm,
  async cancel(order, { baseUrl, accessKey, secretKey, nonce = randomUUID(), alteration = "" }) {
    const pairs = Object.entries(order);
    const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    const hashed = pairs.map((pair) => pair.join("=")).join("&") + alteration;
    const claims = {
      access_key: accessKey,
      nonce,
      query_hash: createHash("sha512").update(hashed).digest("hex"),
      query_hash_alg: "SHA512",
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, typ: "JWT" })
      .sign(new TextEncoder().encode(secretKey));
    return deleteOrder(baseUrl, query, token);
  },
});

/** The script that is handed around: a token by jsonwebtoken with what it adds unasked, and the hash of the query as
 * it is in the URL. @param {Algorithm} algorithm @returns {Peer} */
const jsonwebtoken = (algorithm) => ({
  name: "jsonwebtoken + fetch",
  algorithm,
  cancel(order, { baseUrl, accessKey, secretKey, nonce = randomUUID(), alteration = "" }) {
    const query = encode({ ...order });
    const claims = {
      access_key: accessKey,
      nonce,
      query_hash: createHash("sha512")
        .update(query + alteration)
        .digest("hex"),
      query_hash_alg: "SHA512",
    };
    return deleteOrder(baseUrl, query, sign(claims, secretKey, { algorithm }));
  },
});

/** The request of those who bring nothing but a token.
 * @param {string} baseUrl @param {string} query @param {string} token */
async function deleteOrder(baseUrl, query, token) {
  const response = await fetch(`${baseUrl}/v1/order?${query}`, {
    method: "DELETE",
    headers: { Authorization: `Bearer ${token}`, Accept: "application/json" },
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${answer.error.name}`);
  return answer;
}

/** @type {Peer[]} */
export const peers = [ccxt, jose("HS512"), jose("HS256"), jsonwebtoken("HS256"), jsonwebtoken("HS512")];
