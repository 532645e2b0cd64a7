// Accepts requests of the dashboard's own page only. With DNS rebinding, a site still sends its own Host. A page of another
// origin, including another port of this machine, sends its own Origin.
import type { IncomingMessage } from "node:http";
import { Refusal } from "./answers.ts";

/** @param port the dashboard's port */
export function refuseForeign(request: IncomingMessage, port: number): void {
  const [host, ...more] = request.headersDistinct.host ?? [];
  if (host === undefined || more.length > 0 || !ownHosts(port).includes(host)) {
    throw new Refusal(403, "relay_foreign_host", "This is not the dashboard's address.");
  }
  const origins = request.headersDistinct.origin ?? [];
  if (origins.some((origin) => origin !== `http://${host}`)) throw foreignOrigin();
}

/**
 * A stricter check for relayed requests: they need the page's Origin. Browsers omit Origin in a GET; then Sec-Fetch-Site must be
 * same-origin.
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
  // The body is not read, so the connection cannot be reused.
  throw new Refusal(413, "relay_body_refused", message, { Connection: "close" });
}

function foreignOrigin(): Refusal {
  return new Refusal(403, "relay_foreign_origin", "Only the dashboard's own page can send this request.");
}

function ownHosts(port: number): string[] {
  const names = ["127.0.0.1", "localhost"];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}
