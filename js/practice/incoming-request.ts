// Parses an HTTP request for the rules, without verifying it.
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { bearerToken, decodeJwt, type Jwt } from "./jwt.ts";
import { parseQuery, type Query } from "./query.ts";
import { attempt, Refusal } from "./refusal.ts";

export interface Incoming {
  method: string;
  /** path and query, as on the wire */
  url: string;
  path: string;
  rawQuery: string;
  headers: IncomingHttpHeaders;
  hasBody: boolean;
  query: Query | Refusal;
  /** the token, if the header holds one */
  bearer: string | null;
  /** the decoded token, if it is a JWT */
  jwt: Jwt | null;
}

export function readRequest({ method = "", url = "", headers }: IncomingMessage): Incoming {
  const at = url.includes("?") ? url.indexOf("?") : url.length;
  const rawQuery = url.slice(at + 1);
  const bearer = bearerToken(headers.authorization);
  return {
    method,
    url,
    path: url.slice(0, at),
    rawQuery,
    headers,
    hasBody: announcesBody(headers),
    query: attempt(() => parseQuery(rawQuery)),
    bearer,
    jwt: bearer === null ? null : decodeJwt(bearer),
  };
}

/** A query parameter; null if it is missing, empty or unreadable. */
export function parameter({ query }: Incoming, name: string): string | null {
  return query instanceof Refusal ? null : query.params.get(name)?.[0] || null;
}

/** Every uuid and identifier that a request names. */
export function namesIn({ query }: Incoming): string[] {
  if (query instanceof Refusal) return [];
  return ["uuid", "identifier", "uuids[]", "identifiers[]"].flatMap((name) => query.params.get(name) ?? []);
}

function announcesBody(headers: IncomingHttpHeaders) {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
