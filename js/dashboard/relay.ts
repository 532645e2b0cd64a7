// Forwards the page's signed requests to the exchange, and returns the responses. Forwards only the requests in its table.
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { type Answer, Refusal } from "./answers.ts";
import { refuseOtherPages } from "./own-requests.ts";
import { type Method, UpstreamClient } from "./upstream-client.ts";

/** Base URLs by the region in the path, `/relay/<region>/…`. */
export type Upstreams = Record<string, string>;

/**
 * The requests that are forwarded. `DELETE /v1/orders/open` is missing, because it cancels orders without naming them.
 * The package's queries have at most 4,000 characters for a cancellation by id, and 8,000 for a lookup by id.
 */
const ROUTES: readonly { method: Method; path: string; longestQuery: number }[] = [
  { method: "DELETE", path: "/v1/order", longestQuery: 4096 },
  { method: "DELETE", path: "/v1/orders/uuids", longestQuery: 4096 },
  { method: "GET", path: "/v1/order", longestQuery: 4096 },
  { method: "GET", path: "/v1/orders/open", longestQuery: 4096 },
  { method: "GET", path: "/v1/orders/uuids", longestQuery: 8192 },
];

/** Request headers that are forwarded. Not Origin, Cookie or Referer: Upbit may limit requests from pages differently. */
const FORWARDED = ["authorization", "accept"];
/** Response headers that are returned. Not Location: a signed request must not follow a redirect. */
const RETURNED = ["content-type", "remaining-req", "retry-after", "date"];

export class Relay {
  readonly #upstreams: ReadonlyMap<string, URL>;
  readonly #client: UpstreamClient;

  constructor(upstreams: Upstreams, timeoutMs: number) {
    this.#upstreams = new Map(Object.entries(upstreams).map(([region, url]) => [region, new URL(url)]));
    this.#client = new UpstreamClient(timeoutMs);
  }

  /** Compares the raw path, without decoding or normalizing it. */
  async answer(
    request: IncomingMessage,
    { path, query }: { path: string; query: string },
    signal: AbortSignal,
  ): Promise<Answer> {
    const [, region = "", rest] = /^\/relay\/([a-z]+)(\/.*)$/.exec(path) ?? [];
    const routes = ROUTES.filter((one) => one.path === rest);
    if (routes.length === 0) throw new Refusal(404, "relay_not_found", "The relay has no such path.");
    const upstream = this.#upstreams.get(region);
    if (upstream === undefined) {
      const known = [...this.#upstreams.keys()].join(", ");
      throw new Refusal(404, "relay_unknown_region", `The relay knows the regions ${known}.`);
    }
    const route = routes.find(({ method }) => method === request.method);
    if (route === undefined) {
      const Allow = routes.map(({ method }) => method).join(", ");
      throw new Refusal(405, "relay_method_refused", "The relay does not forward this method.", { Allow });
    }
    refuseOtherPages(request);
    refuseQuery(query, route.longestQuery);
    const headers = pick(request.headers, FORWARDED);
    const sent = { method: route.method, base: upstream, target: `${route.path}${query}`, headers };
    const answer = await this.#client.send(sent, signal);
    return { ...answer, headers: { ...pick(answer.headers, RETURNED), ...budgetOf(answer.headers) } };
  }

  close(): void {
    this.#client.close();
  }
}

/** @param query with its question mark, or empty */
function refuseQuery(query: string, longest: number): void {
  if (query.length > longest) throw new Refusal(414, "relay_query_too_long", "The query is too long.");
  if (!/^[\x21-\x7e]*$/.test(query)) {
    throw new Refusal(400, "relay_query_refused", "The query is not percent-encoded.");
  }
}

function pick(headers: IncomingHttpHeaders, names: string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === "string") picked[name] = value;
  }
  return picked;
}

/** Passes the remaining budget to the page as Server-Timing, because the page cannot read the headers of the package's requests. */
function budgetOf(headers: IncomingHttpHeaders): Record<string, string> {
  const left = /(?:^|;)\s*sec\s*=\s*(\d{1,4})\s*(?:;|$)/.exec(String(headers["remaining-req"] ?? ""))?.[1];
  return left === undefined ? {} : { "Server-Timing": `remaining-requests;desc="${left}"` };
}
