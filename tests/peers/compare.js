// The request of another client beside ours for the same order, the same keys and the same nonce.
import { createHash } from "node:crypto";
import { startExchange } from "../../js/practice/exchange.ts";
import { cancelOrder } from "../package/installed.js";
import { capture } from "./capture.js";

/** @typedef {import("./capture.js").Captured} Captured */
/** @typedef {import("./clients.js").OrderRef} OrderRef */
/** @typedef {import("./clients.js").Peer} Peer */
/** @typedef {{ header: string, claims: string, token: string }} Token header and claims are the JSON */
/** @typedef {{ ours: Captured, theirs: Captured, verdict: string }} Comparison */

const keys = { accessKey: "the access key", secretKey: "the secret key, 키" };
const nonce = "0f6a4d1e-95b2-4c37-8d20-6b1f3e7a9c58";

/** Our nonces come from the runtime's random bytes. @template T @param {() => Promise<T>} send @returns {Promise<T>} */
async function withNonce(send) {
  const { getRandomValues } = crypto;
  crypto.getRandomValues = (/** @type {any} */ array) => {
    Buffer.from(array.buffer, array.byteOffset, array.length).fill(nonce.replaceAll("-", ""), "hex");
    return array;
  };
  try {
    return await send();
  } finally {
    crypto.getRandomValues = getRandomValues;
  }
}

/** @param {Peer} peer @param {OrderRef} order @returns {Promise<Comparison>} */
export async function compare({ cancel, algorithm }, order) {
  const theirs = await capture((baseUrl) => cancel(order, { ...keys, baseUrl, nonce }));
  const own = { ...keys, algorithm };
  const ours = await withNonce(() => capture((baseUrl) => cancelOrder(order, { ...own, baseUrl })));
  return { ours, theirs, verdict: await judge(cancel, order) };
}

/** What the runtime's `fetch` adds of itself. */
export const bareFetch = () => capture((baseUrl) => fetch(`${baseUrl}/v1/order`, { method: "DELETE" }));

/** @param {Captured} captured @returns {Token} */
export function tokenOf({ headers }) {
  const authorization = headers.find(([name]) => name.toLowerCase() === "authorization")?.[1] ?? "";
  const token = authorization.replace("Bearer ", "");
  const parts = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
  const [header = "", claims = ""] = parts;
  return { header, claims, token };
}

/** Which text the token has the hash of. @param {Captured} captured */
export function hashedIn(captured) {
  const query = queryOf(captured.line);
  const { query_hash: hash } = JSON.parse(tokenOf(captured).claims);
  const candidates = { "the decoded text": decodeURIComponent(query), "the text in the URL": query };
  const sha512 = (/** @type {string} */ text) => createHash("sha512").update(text).digest("hex");
  return Object.entries(candidates).find(([, text]) => sha512(text) === hash)?.[0] ?? "another text";
}

/** @param {string} line the first one of a request */
export const queryOf = (line) => line.replace(/^\S+ [^?]*\??(\S*) .*$/, "$1");

/** What the practice exchange says. @param {Peer["cancel"]} cancel @param {OrderRef} order */
async function judge(cancel, order) {
  const exchange = await startExchange({ keys: { keys }, orders: [order] });
  exchange.faults.always({ shape: "object" });
  try {
    await cancel(order, { ...keys, baseUrl: exchange.url });
    return exchange.orders.open().length === 0 ? "canceled" : "another order canceled";
  } catch (error) {
    return `refused: \`${/** @type {RegExpExecArray} */ (/invalid_\w+/.exec(String(error)))[0]}\``;
  } finally {
    await exchange.close();
  }
}
