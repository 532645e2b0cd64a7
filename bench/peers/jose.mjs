import { SignJWT } from "jose";
import { fetchClient } from "./fetch-client.mjs";

/** Runs in a page too, so everything is of the Web Cryptography API. @type {import("./peers.mjs").Open} */
export function open({ baseUrl, accounts: [{ accessKey, secretKey }] }) {
  const utf8 = new TextEncoder();
  const hmac = { name: "HMAC", hash: "SHA-512" };
  // Imported once: with the plain bytes, jose would import them for every token.
  const key = crypto.subtle.importKey("raw", utf8.encode(secretKey), hmac, false, ["sign"]);
  return fetchClient(baseUrl, async (query) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-512", utf8.encode(query)));
    const claims = {
      access_key: accessKey,
      nonce: crypto.randomUUID(),
      query_hash: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      query_hash_alg: "SHA512",
    };
    return new SignJWT(claims).setProtectedHeader({ alg: "HS512", typ: "JWT" }).sign(await key);
  });
}
