import { createHash, createSecretKey, randomUUID } from "node:crypto";
// @ts-expect-error It comes without types.
import jsonwebtoken from "jsonwebtoken";
import { fetchClient } from "./fetch-client.mjs";

/** @type {import("./peers.mjs").Open} */
export function open({ baseUrl, accounts: [{ accessKey, secretKey }] }) {
  const key = createSecretKey(secretKey, "utf8");
  return fetchClient(baseUrl, (query) => {
    const claims = {
      access_key: accessKey,
      nonce: randomUUID(),
      query_hash: createHash("sha512").update(query).digest("hex"),
      query_hash_alg: "SHA512",
    };
    return jsonwebtoken.sign(claims, key, { algorithm: "HS512", noTimestamp: true });
  });
}
