// What arrived, for tests to look at. It holds signed tokens, so it is never printed.
import type { IncomingHttpHeaders } from "node:http";
import { type Incoming, namesIn, parameter } from "./incoming-request.ts";
import type { Jwt } from "./jwt.ts";

/** How many of the last requests are kept. */
export const KEPT_REQUESTS = 5000;

export interface RequestEntry {
  method: string;
  /** path and query, as on the wire */
  url: string;
  path: string;
  /** as on the wire, without the "?" */
  query: string;
  /** Authorization included */
  headers: IncomingHttpHeaders;
  /** decoded, unverified */
  token: Pick<Jwt, "header" | "claims"> | null;
  uuid: string | null;
  identifier: string | null;
  /** every uuid and identifier that the request names, those of `uuids[]` and `identifiers[]` included */
  names: string[];
  /** when it arrived, on the exchange's clock */
  at: number;
  /** what it was answered, null as long as (or if) it was not */
  status: number | null;
}

/** All requests that ever arrived, and by status all that were answered. */
export interface RequestCounts {
  total: number;
  [status: number]: number;
}

/** The last requests, oldest first, and how many there were in all. */
export class RequestLog {
  readonly entries: RequestEntry[] = [];
  readonly counts: RequestCounts = { total: 0 };
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns what is to be called with the status when the request is answered. */
  add(incoming: Incoming): (status: number) => void {
    const { method, url, path, rawQuery: query, headers, jwt } = incoming;
    const entry: RequestEntry = {
      method,
      url,
      path,
      query,
      headers,
      token: jwt === null ? null : { header: jwt.header, claims: jwt.claims },
      uuid: parameter(incoming, "uuid"),
      identifier: parameter(incoming, "identifier"),
      names: namesIn(incoming),
      at: this.#now(),
      status: null,
    };
    this.counts.total += 1;
    this.entries.push(entry);
    if (this.entries.length > KEPT_REQUESTS) this.entries.shift();
    return (status) => {
      entry.status = status;
      this.counts[status] = (this.counts[status] ?? 0) + 1;
    };
  }
}
