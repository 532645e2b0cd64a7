// An HTTP request as the rules look at it: split up, decoded where possible, nothing believed.
import { attempt, Refusal } from "./error-answer.ts";
import { bearerToken, decodeJwt } from "./jwt.ts";
import { parseQuery } from "./query.ts";

/**
 * @typedef {object} Incoming
 * @property {string} method
 * @property {string} url path and query, as on the wire
 * @property {string} path
 * @property {string} rawQuery
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {boolean} hasBody
 * @property {import("./query.ts").Query | Refusal} query
 * @property {string | null} bearer the token, if the header holds one
 * @property {import("./jwt.ts").Jwt | null} jwt its parts, if it has the form of a JWT
 */

/**
 * @param {import("node:http").IncomingMessage} request
 * @returns {Incoming}
 */
export function readRequest({ method = "", url = "", headers }) {
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

/**
 * @param {Incoming} incoming
 * @param {string} name
 * @returns {string | null} a query parameter, null when it is missing, empty or unreadable
 */
export function parameter({ query }, name) {
  return query instanceof Refusal ? null : query.params.get(name) || null;
}

/** @param {import("node:http").IncomingHttpHeaders} headers */
function announcesBody(headers) {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
