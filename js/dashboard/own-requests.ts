// Whose requests are answered. A site that a name server points at this machine (DNS rebinding) still sends
// its own Host; a page of another origin, another port of this machine included, sends its own Origin.
import { Refusal } from "./refusal.ts";

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */

/**
 * @param {IncomingMessage} request
 * @param {number} port the dashboard's own
 */
export function refuseForeign(request, port) {
  const [host, ...more] = request.headersDistinct.host ?? [];
  if (host === undefined || more.length > 0 || !ownHosts(port).includes(host)) {
    throw new Refusal(403, "relay_foreign_host", "This is not the dashboard's address.");
  }
  const origins = request.headersDistinct.origin ?? [];
  if (origins.some((origin) => origin !== `http://${host}`)) {
    throw new Refusal(403, "relay_foreign_origin", "Another site may not use the dashboard.");
  }
}

/**
 * Stricter, for what is relayed. A browser sends Origin with every DELETE; a program, which needs no relay to
 * reach Upbit, sends neither header.
 * @param {IncomingMessage} request
 */
export function refuseOtherPages({ headers }) {
  const site = headers["sec-fetch-site"];
  if (site === undefined) return;
  if (site !== "same-origin" || headers.origin === undefined) {
    throw new Refusal(403, "relay_foreign_origin", "Another site may not use the dashboard.");
  }
}

/** @param {IncomingMessage} request */
export function refuseBody({ headers }) {
  const length = headers["content-length"] ?? "0";
  if (headers["transfer-encoding"] === undefined && Number(length) === 0) return;
  const message = "The dashboard takes no request body.";
  // What follows the headers is not read, so the connection cannot be used again.
  throw new Refusal(413, "relay_body_refused", message, { Connection: "close" });
}

/** @param {number} port */
function ownHosts(port) {
  const names = ["127.0.0.1", "localhost"];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}
