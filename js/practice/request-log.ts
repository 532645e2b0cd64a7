// The request log, for tests. It contains signed tokens, so it is never printed.
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
  /** all uuids and identifiers in the request, including `uuids[]` and `identifiers[]` */
  names: string[];
  /** arrival time on the exchange's clock */
  at: number;
  /** status of the answer; null if it was not answered */
  status: number | null;
}

/** The number of all requests, and of answers by status. */
export interface RequestCounts {
  total: number;
  [status: number]: number;
}

/** The last requests, oldest first, and their total number. */
export class RequestLog {
  readonly entries: RequestEntry[] = [];
  readonly counts: RequestCounts = { total: 0 };
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns a function to call with the status of the answer */
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
