// The script that is handed around: a token by jsonwebtoken with what it adds unasked, and the hash of the
// query as it is in the URL.
import { createHash, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { encode } from "node:querystring";
import { inRoot } from "../../scripts/paths.mjs";
import { deleteOrder } from "./delete-order.js";

const { sign } = createRequire(inRoot("target/peers/package.json"))("jsonwebtoken");

/**
 * @param {import("./peers.js").Algorithm} algorithm
 * @returns {import("./peers.js").Peer}
 */
export const jsonwebtoken = (algorithm) => ({
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
