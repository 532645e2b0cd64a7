// A token by jose and a request by fetch: the query is percent-encoded in the URL and hashed as it is.
import { createHash, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { deleteOrder } from "./delete-order.js";

/**
 * @param {import("./peers.js").Algorithm} algorithm
 * @returns {import("./peers.js").Peer}
 */
export const jose = (algorithm) => ({
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
