// Whose requests are answered. A site that a name server points at this machine (DNS rebinding) still sends
// its own Host; a page of another origin, another port of this machine included, sends its own Origin.
import type { IncomingMessage } from "node:http";
import { Refusal } from "./answers.ts";

/** @param port the dashboard's own */
export function refuseForeign(request: IncomingMessage, port: number): void {
  const [host, ...more] = request.headersDistinct.host ?? [];
  if (host === undefined || more.length > 0 || !ownHosts(port).includes(host)) {
    throw new Refusal(403, "relay_foreign_host", "This is not the dashboard's address.");
  }
  const origins = request.headersDistinct.origin ?? [];
  if (origins.some((origin) => origin !== `http://${host}`)) throw foreignOrigin();
}

/**
 * Stricter, for what is relayed: the page's Origin has to be there. Browsers leave it out of a GET; then Sec-Fetch-Site has
 * to say that the page is the dashboard's own.
 */
export function refuseOtherPages({ headers, method }: IncomingMessage): void {
  const { origin, "sec-fetch-site": site } = headers;
  const isNamed = origin !== undefined || (method === "GET" && site === "same-origin");
  const isElsewhere = site !== undefined && site !== "same-origin";
  if (!isNamed || isElsewhere) throw foreignOrigin();
}

export function refuseBody({ headers }: IncomingMessage): void {
  const length = headers["content-length"] ?? "0";
  if (headers["transfer-encoding"] === undefined && Number(length) === 0) return;
  const message = "The dashboard takes no request body.";
  // What follows the headers is not read, so the connection cannot be used again.
  throw new Refusal(413, "relay_body_refused", message, { Connection: "close" });
}

function foreignOrigin(): Refusal {
  return new Refusal(403, "relay_foreign_origin", "Another site may not use the dashboard.");
}

function ownHosts(port: number): string[] {
  const names = ["127.0.0.1", "localhost"];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}
