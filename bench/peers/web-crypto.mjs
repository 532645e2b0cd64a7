// What one would write by hand for a page.
import { fetchClient } from "./fetch-client.mjs";

const utf8 = new TextEncoder();

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {object} value */
const encode = (value) => base64url(utf8.encode(JSON.stringify(value)));

/** @type {import("./peers.mjs").Open} */
export function open({ baseUrl, accounts: [{ accessKey, secretKey }] }) {
  const hmac = { name: "HMAC", hash: "SHA-512" };
  const key = crypto.subtle.importKey("raw", utf8.encode(secretKey), hmac, false, ["sign"]);
  return fetchClient(baseUrl, async (query) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-512", utf8.encode(query)));
    const signed = `${encode({ alg: "HS512", typ: "JWT" })}.${encode({
      access_key: accessKey,
      nonce: crypto.randomUUID(),
      query_hash: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      query_hash_alg: "SHA512",
    })}`;
    const signature = await crypto.subtle.sign("HMAC", await key, utf8.encode(signed));
    return `${signed}.${base64url(new Uint8Array(signature))}`;
  });
}
