// A compact JWT taken apart, strictly, and without believing any of it yet.

/**
 * @typedef {object} Jwt
 * @property {Record<string, unknown>} header
 * @property {Record<string, unknown>} claims
 * @property {string} signingInput
 * @property {Buffer} signature
 */

/**
 * @param {string | undefined} authorization the header's value
 * @returns {string | null} the token, or null when there is none to be found
 */
export function bearerToken(authorization) {
  return /^Bearer +([^ ,]+)$/i.exec(authorization ?? "")?.[1] ?? null;
}

/**
 * @param {string} token
 * @returns {Jwt | null} null unless it is three base64url parts, the first two of them JSON objects
 */
export function decodeJwt(token) {
  const [head = "", payload = "", mac, ...more] = token.split(".");
  if (mac === undefined || more.length > 0) return null;
  const header = jsonObject(head);
  const claims = jsonObject(payload);
  const signature = base64url(mac);
  if (header === null || claims === null || signature === null) return null;
  return { header, claims, signature, signingInput: `${head}.${payload}` };
}

/**
 * @param {string} text
 * @returns {Buffer | null}
 */
function base64url(text) {
  const bytes = Buffer.from(text, "base64url");
  // Buffer skips what it cannot read; only the one canonical spelling, unpadded, survives the way back.
  return bytes.toString("base64url") === text ? bytes : null;
}

/**
 * @param {string} part
 * @returns {Record<string, unknown> | null}
 */
function jsonObject(part) {
  const bytes = base64url(part);
  if (bytes === null) return null;
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
