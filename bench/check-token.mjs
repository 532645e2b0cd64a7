import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";

/**
 * Throws unless the token is the one that the exchange wants for this order.
 * @param {string} token
 * @param {string} uuid
 * @param {import("./peers/peers.mjs").Keys} keys
 */
export function checkToken(token, uuid, { accessKey, secretKey }) {
  const [header = "", claims = "", signature] = token.split(".");
  const { nonce, ...rest } = decoded(claims);
  assert.match(nonce, /^[0-9a-f-]{36}$/);
  assert.deepEqual(rest, {
    access_key: accessKey,
    query_hash: createHash("sha512").update(`uuid=${uuid}`).digest("hex"),
    query_hash_alg: "SHA512",
  });
  const digest = decoded(header).alg === "HS512" ? "sha512" : "sha256";
  const expected = createHmac(digest, secretKey).update(`${header}.${claims}`).digest("base64url");
  assert.equal(signature, expected);
}

/** @param {string} part @returns {any} */
function decoded(part) {
  return JSON.parse(Buffer.from(part, "base64url").toString());
}
