// Strictly decodes a compact JWT, without verifying it.

export interface Jwt {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  signingInput: string;
  signature: Buffer;
}

/** The token in an Authorization header, or null. */
export function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +([^ ,]+)$/i.exec(authorization ?? "")?.[1] ?? null;
}

/** Null unless the token is three base64url parts, the first two of them JSON objects. */
export function decodeJwt(token: string): Jwt | null {
  const [head = "", payload = "", mac, ...more] = token.split(".");
  if (mac === undefined || more.length > 0) return null;
  const header = jsonObject(head);
  const claims = jsonObject(payload);
  const signature = base64url(mac);
  if (header === null || claims === null || signature === null) return null;
  return { header, claims, signature, signingInput: `${head}.${payload}` };
}

function base64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64url");
  // Buffer skips invalid characters, so compare with the canonical, unpadded encoding.
  return bytes.toString("base64url") === text ? bytes : null;
}

function jsonObject(part: string): Record<string, unknown> | null {
  const bytes = base64url(part);
  if (bytes === null) return null;
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
