// All forms in which a key could stay behind in the core's memory.
import { createHash } from "node:crypto";
import { inMemory } from "./captured.js";
import { blockSize, compress, sha2 } from "./sha-2.js";

/** @typedef {"HS512" | "HS256"} Algorithm */
/** @typedef {{ accessKey: string, secretKey: string }} Keys */

/** Less of a key than this may stay: a shorter piece could be there by chance. */
const PIECE = 16;

/** A pair of keys that is nowhere else. @param {string} [tail] */
export const newKeys = (tail = "") => ({
  accessKey: `access ${crypto.randomUUID()}${tail}`,
  secretKey: `secret ${crypto.randomUUID()}${tail}`,
});

/**
 * The names of what is in memory: the keys as they are, the secret as HMAC pads it, and the two states of the
 * hash into which it has gone, each of which is as good as the secret.
 * @param {Keys} keys
 * @param {Algorithm} algorithm
 */
export function found({ accessKey, secretKey }, algorithm) {
  const hash = sha2[algorithm];
  const [inner, outer] = [padded(secretKey, 0x36, hash), padded(secretKey, 0x5c, hash)];
  /** @type {Record<string, Buffer>} */
  const traces = {
    "access key": Buffer.from(accessKey),
    "secret key": Buffer.from(secretKey),
    "inner padded key": inner,
    "outer padded key": outer,
    "inner state": state(inner, hash),
    "outer state": state(outer, hash),
  };
  return Object.keys(traces).filter((name) => pieces(traces[name]).some(inMemory));
}

/** @param {string} secretKey @param {number} pad @param {import("./sha-2.js").Sha2} hash */
function padded(secretKey, pad, hash) {
  const secret = Buffer.from(secretKey);
  const size = blockSize(hash);
  const key = secret.length > size ? createHash(hash.name).update(secret).digest() : secret;
  return Buffer.from(Buffer.concat([key], size).map((byte) => byte ^ pad));
}

/** As words lie in memory. @param {Buffer} block @param {import("./sha-2.js").Sha2} hash */
function state(block, hash) {
  const words = compress(block, hash);
  const hex = words.map((word) => word.toString(16).padStart(Number(hash.bits) / 4, "0"));
  return Buffer.concat(hex.map((digits) => Buffer.from(digits, "hex").reverse()));
}

/** Those from whose absence follows that no longer one is there; repeated bytes are of no key. */
function pieces(/** @type {Buffer | undefined} */ trace = Buffer.alloc(0)) {
  const starts = Array.from({ length: Math.ceil(trace.length / PIECE) }, (_, index) => index * PIECE);
  const all = starts.map((start) => trace.subarray(start, start + PIECE));
  return all.filter((piece) => piece.length === PIECE && new Set(piece).size > 4);
}
