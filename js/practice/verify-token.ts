// Verifies tokens by Upbit's rules with node:crypto.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Incoming } from "./incoming-request.ts";
import type { Jwt } from "./jwt.ts";
import type { Key, KeyRing } from "./keys.ts";
import { LONGEST_NONCE, type NonceMemory } from "./nonces.ts";
import { Refusal, unwrap } from "./refusal.ts";

const DIGESTS = new Map([
  ["HS512", "sha512"],
  ["HS256", "sha256"],
]);

/** Verifies the token except its query hash, and marks its nonce as used. */
export function verifyToken({ bearer, jwt }: Incoming, keys: KeyRing, nonces: NonceMemory): Key {
  if (bearer === null) {
    throw new Refusal(401, "no_authorization_token", "Send the header Authorization: Bearer <token>.");
  }
  if (jwt === null) throw unverified("The token is not a JWT of three base64url parts.");
  const digest = digestOf(jwt);
  const key = keys.find(jwt.claims.access_key);
  if (key === null) {
    throw new Refusal(401, "invalid_access_key", "This exchange does not know the access_key of the token.");
  }
  if (!isSignedBy(jwt, digest, key.secret)) {
    throw unverified("The signature does not match. The secret key is used as it is, not Base64-decoded.");
  }
  useNonce(jwt, key, nonces);
  if (key.expired) throw new Refusal(401, "expired_access_key", "This key has expired; issue a new one.");
  return key;
}

export function verifyQueryHash({ query, jwt }: Incoming) {
  const { text } = unwrap(query);
  const { query_hash: hash, query_hash_alg: algorithm } = jwt?.claims ?? {};
  if (text === "") {
    if (hash === undefined && algorithm === undefined) return;
    throw badPayload("Omit query_hash and query_hash_alg if there are no parameters.");
  }
  if (hash === undefined) throw badPayload("The request has parameters, but its token has no query_hash.");
  if (algorithm !== undefined && algorithm !== "SHA512") throw badPayload("query_hash_alg must be SHA512.");
  if (hash !== createHash("sha512").update(text, "utf8").digest("hex")) {
    throw badPayload("query_hash is not the lowercase hex SHA-512 of the decoded query, in the order sent.");
  }
}

/** The digest of the token's algorithm in node:crypto. */
function digestOf({ header }: Jwt): string {
  const digest = typeof header.alg === "string" ? DIGESTS.get(header.alg) : undefined;
  if (digest === undefined) throw unverified("The token's alg must be HS512 or HS256.");
  if (header.typ !== "JWT") throw unverified("The token's typ must be JWT.");
  // RFC 7515: a token with an unknown critical extension must be refused.
  if ("crit" in header) throw unverified("The token has critical extensions, which are not supported.");
  return digest;
}

function isSignedBy({ signingInput, signature }: Jwt, digest: string, secret: Buffer) {
  const expected = createHmac(digest, secret).update(signingInput).digest();
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

function useNonce({ claims }: Jwt, key: Key, nonces: NonceMemory) {
  const nonce = claims.nonce;
  if (typeof nonce !== "string" || nonce === "" || nonce.length > LONGEST_NONCE) {
    throw unverified(`The token needs a nonce: a string of 1 to ${LONGEST_NONCE} characters.`);
  }
  if (!nonces.use(key.accessKey, nonce)) {
    throw new Refusal(401, "nonce_used", "This nonce has been used. Sign every request again.");
  }
}

function unverified(message: string) {
  return new Refusal(401, "jwt_verification", message);
}

function badPayload(message: string) {
  return new Refusal(401, "invalid_query_payload", message);
}
