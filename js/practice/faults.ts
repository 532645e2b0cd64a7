// Faults for tests, which can be switched on for single requests or for all.
import type { Effects, Order } from "./order.ts";

/**
 * A fault of a request. By default it applies to requests that cancel; other requests need `endpoint`. Members can be combined.
 * If several replace the answer, the first in this list applies. A request that the rate limit refuses takes no fault from the
 * queue. "Effect" says whether the request still does its work.
 */
export interface Fault extends Effects {
  /** "DELETE /v1/orders/uuids" and the like, or "any"; default: the three endpoints that cancel. */
  endpoint?: string;
  /**
   * Applies only to a request that names this uuid or identifier, or another name of the same order; default: any request.
   * Members about orders (from `lie` on, and `effectAfterMs`, `fills`, `refused`) do not affect other orders of the request.
   */
  order?: string;
  /** Delays the answer. Effect: yes, at once (unless combined with a member without effect). */
  latencyMs?: number;
  /**
   * The answer never ends, until either side closes the socket. "before-headers" sends nothing. Effect: no.
   * "mid-body" sends the headers and half of the body. Effect: yes.
   */
  hang?: "before-headers" | "mid-body";
  /** The socket is destroyed instead of an answer. Effect: "before" no, "after" yes. */
  drop?: "before" | "after";
  /** 429 as from the rate limit, but not counted as one. Effect: no. */
  rateLimited?: boolean;
  /** 418 as from the rate limit, for this request only. Effect: no. */
  blocked?: boolean;
  /** Retry-After header of `rateLimited` and `blocked`; default: none. */
  retryAfter?: string;
  /** Location of a redirect, 307 unless `status` says otherwise. Effect: no. */
  redirect?: string;
  /** Any other status, 200 to 599. Effect: no. */
  status?: number;
  /**
   * With `status`: the body, a string as it is and anything else as JSON; default: an error envelope.
   * Without `status`: changes the body of the usual answer. Effect: yes. "truncated": half of it, then the socket
   * is destroyed (Content-Length is that of the whole body); "non-json": half of it, with a matching Content-Length;
   * "empty": nothing; "html": a web page with status 200; "oversized": valid JSON of 2 MiB with status 200.
   */
  body?: unknown;
  /** Answers the first order instead of an array. Effect: yes. */
  shape?: "object";
  /** Changes the JSON of a 200. Effect: yes. */
  // biome-ignore lint/suspicious/noExplicitAny: tests know the shape of the answer
  transform?: (json: any) => unknown;
  /** Overrides headers of the answer; null removes one. Effect: unchanged. */
  headers?: Record<string, string | null>;
  /** Overrides the Remaining-Req header; null removes it. Effect: unchanged. */
  remainingReq?: string | null;
  /**
   * Makes the answer to a cancellation of several orders wrong. Effect: yes. "counts": each count is one too high;
   * "both-lists": an order that was canceled is in `failed` as well; "no-identifier": entries lack their
   * identifier; "left-out": an order that was canceled is in neither list. Without `order`, "both-lists" and
   * "left-out" are about the first order that was canceled.
   */
  lie?: "counts" | "both-lists" | "no-identifier" | "left-out";
  /** Treats the orders as unknown: 404, left out of a list, unknown ids. Effect: no. */
  notFound?: boolean;
  /** A lookup shows the orders before their last change. */
  stale?: boolean;
}

export const NO_FAULT: Readonly<Fault> = Object.freeze({});

const BODIES: unknown[] = ["truncated", "non-json", "html", "oversized", "empty"];
const isBoolean = (value: unknown) => typeof value === "boolean";
const isText = (value: unknown) => typeof value === "string";
const isTime = (value: unknown) => Number.isFinite(value) && Number(value) >= 0;
const oneOf = (values: unknown[]) => (value: unknown) => values.includes(value);

/** Checks of the members, because a misspelt fault would make a test useless. */
const MEMBERS: Record<keyof Fault, (value: unknown, fault: Fault) => boolean> = {
  endpoint: isText,
  order: isText,
  latencyMs: isTime,
  hang: oneOf(["before-headers", "mid-body"]),
  drop: oneOf(["before", "after"]),
  rateLimited: isBoolean,
  blocked: isBoolean,
  retryAfter: isText,
  redirect: isText,
  status: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
  body: (value, { status }) => status !== undefined || BODIES.includes(value),
  shape: oneOf(["object"]),
  transform: (value) => typeof value === "function",
  headers: (value) => typeof value === "object",
  remainingReq: (value) => value === null || isText(value),
  lie: oneOf(["counts", "both-lists", "no-identifier", "left-out"]),
  notFound: isBoolean,
  stale: isBoolean,
  effectAfterMs: isTime,
  fills: oneOf(["all", "part"]),
  refused: (value) => typeof value === "object" && value !== null && "status" in value && "name" in value,
};

/** The faults waiting for requests. */
export class Faults {
  readonly #endpoints: readonly string[];
  readonly #builtIn: Fault[];
  #queue: Fault[] = [];
  #standing = NO_FAULT;

  /**
   * @param endpoints all endpoint names
   * @param builtIn faults of single requests that `clear` keeps
   */
  constructor(endpoints: readonly string[], builtIn: readonly Fault[]) {
    this.#endpoints = endpoints;
    this.#builtIn = [...builtIn];
  }

  /** Queues a fault for the next matching requests. `{}` lets one cancellation pass. */
  next(fault: Fault, times = 1) {
    this.#assertFault(fault);
    for (let i = 0; i < times; i += 1) this.#queue.push(fault);
  }

  /** Sets the fault of every request without a queued fault, until `clear`. */
  always(fault: Fault) {
    this.#assertFault(fault);
    this.#standing = fault;
  }

  /** Removes all faults set by tests; requests in flight keep theirs. */
  clear() {
    this.#queue = [];
    this.#standing = NO_FAULT;
  }

  /**
   * Takes the fault of a request from the queue.
   * @param names all uuids and identifiers of its orders
   */
  take(endpoint: string, names: readonly string[]): Fault {
    const isMet = (fault: Fault) => isFor(fault, endpoint, names);
    for (const queue of [this.#queue, this.#builtIn]) {
      const at = queue.findIndex(isMet);
      const [queued] = at === -1 ? [] : queue.splice(at, 1);
      if (queued !== undefined) return queued;
    }
    return isMet(this.#standing) ? this.#standing : NO_FAULT;
  }

  #assertFault(fault: Fault) {
    for (const [name, value] of Object.entries(fault)) {
      const isMember = Object.hasOwn(MEMBERS, name) && MEMBERS[name as keyof Fault](value, fault);
      if (!isMember) throw new TypeError(`Not a fault of this exchange: ${name}`);
    }
    const { endpoint = "any" } = fault;
    if (endpoint !== "any" && !this.#endpoints.includes(endpoint)) {
      throw new TypeError(`Not an endpoint of this exchange: ${endpoint}`);
    }
  }
}

function isFor(fault: Fault, endpoint: string, names: readonly string[]) {
  const isEndpoint =
    fault.endpoint === undefined ? endpoint.startsWith("DELETE") : ["any", endpoint].includes(fault.endpoint);
  return isEndpoint && (fault.order === undefined || names.includes(fault.order));
}

/** Whether the fault of a request applies to this order. */
export function isAbout({ order }: Fault, { uuid, identifier }: Pick<Order, "uuid" | "identifier">): boolean {
  return order === undefined || order.toLowerCase() === uuid.toLowerCase() || order === identifier;
}
