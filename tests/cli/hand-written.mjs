// What one would write without the package: the yardstick of cold-start.mjs.
import { createHash, createHmac, randomUUID } from "node:crypto";

const [uuid] = process.argv.slice(2);
const { UPBIT_ACCESS_KEY, UPBIT_SECRET_KEY = "", UPBIT_BASE_URL } = process.env;

const query = `uuid=${uuid}`;
const encode = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signed = `${encode({ alg: "HS512", typ: "JWT" })}.${encode({
  access_key: UPBIT_ACCESS_KEY,
  nonce: randomUUID(),
  query_hash: createHash("sha512").update(query).digest("hex"),
  query_hash_alg: "SHA512",
})}`;
const signature = createHmac("sha512", UPBIT_SECRET_KEY).update(signed).digest("base64url");

const response = await fetch(`${UPBIT_BASE_URL}/v1/order?${query}`, {
  method: "DELETE",
  headers: { Authorization: `Bearer ${signed}.${signature}`, Accept: "application/json" },
});
const body = await response.text();
console.log(body);
process.exitCode = response.ok ? 0 : 1;
