import { createHash, createHmac, createSecretKey, randomUUID } from "node:crypto";
import { fetchClient } from "./fetch-client.mjs";

const header = encode({ alg: "HS512", typ: "JWT" });

/** @param {object} value */
function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** @type {import("./peers.mjs").Open} */
export const open = ({ baseUrl, accounts: [keys] }) => fetchClient(baseUrl, signer(keys));

/** @param {import("./peers.mjs").Keys} keys @returns {import("./fetch-client.mjs").Sign} */
export function signer({ accessKey, secretKey }) {
  const key = createSecretKey(secretKey, "utf8");
  return (query) => {
    const claims = encode({
      access_key: accessKey,
      nonce: randomUUID(),
      query_hash: createHash("sha512").update(query).digest("hex"),
      query_hash_alg: "SHA512",
    });
    const signature = createHmac("sha512", key).update(`${header}.${claims}`).digest("base64url");
    return `${header}.${claims}.${signature}`;
  };
}
