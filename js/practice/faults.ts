// Faults for tests: what can go wrong between a client and Upbit, switched on for single requests or for all.

/**
 * What goes wrong with a `DELETE /v1/order`. Members can be combined where that makes sense; of those that
 * replace the answer the first in this list counts. A request that the rate limit refuses takes no fault from
 * the queue. "Effect" says whether an order that can be canceled is canceled all the same.
 *
 * @typedef {object} Fault
 * @property {string} [order] only for the cancel of this uuid or identifier; default: of any order
 * @property {number} [latencyMs] The answer comes late. Effect: yes, at once, before the wait (unless it is
 *   combined with a member that has none).
 * @property {"before-headers" | "mid-body"} [hang] The answer never ends, until either side closes the
 *   socket. "before-headers" sends nothing. Effect: no. "mid-body" sends the headers and half of the body.
 *   Effect: yes.
 * @property {"before" | "after"} [drop] The socket is destroyed instead of an answer. Effect: "before" no,
 *   "after" yes.
 * @property {boolean} [rateLimited] 429 as from the rate limit, but not counted as one. Effect: no.
 * @property {boolean} [blocked] 418 as from the rate limit, for this request only. Effect: no.
 * @property {string} [retryAfter] Retry-After header of `rateLimited` and `blocked`; default: none.
 * @property {string} [redirect] Location of a redirect, 307 unless `status` says otherwise. Effect: no.
 * @property {number} [status] Any other status, 200 to 599. Effect: no.
 * @property {unknown} [body] With `status`: the body, text as it is and anything else as JSON; default: an
 *   error envelope. Without: what becomes of the body of the usual answer. Effect: yes.
 *   "truncated": half of it, then the socket is destroyed (Content-Length tells of more);
 *   "non-json": half of it, with a Content-Length to match; "empty": nothing;
 *   "html": a web page with status 200; "oversized": valid JSON of 2 MiB with status 200.
 * @property {"object"} [shape] The order itself instead of an array of one. Effect: yes.
 * @property {(orders: any) => unknown} [transform] Makes other JSON of the orders of a 200. Effect: yes.
 * @property {Record<string, string | null>} [headers] Laid over the answer's headers; null leaves one out.
 *   Effect: as without it.
 * @property {string | null} [remainingReq] Another Remaining-Req header; null leaves it out. Effect: as
 *   without it.
 */

/** @type {Readonly<Fault>} */
export const NO_FAULT = Object.freeze({});

/** What a member may be. A fault that is misspelt would let a test pass that tests nothing. */
const MEMBERS = new Map(
  /** @type {[string, (value: any, fault: Fault) => boolean][]} */ ([
    ["order", (value) => typeof value === "string"],
    ["latencyMs", (value) => Number.isFinite(value) && value >= 0],
    ["hang", (value) => ["before-headers", "mid-body"].includes(value)],
    ["drop", (value) => ["before", "after"].includes(value)],
    ["rateLimited", (value) => typeof value === "boolean"],
    ["blocked", (value) => typeof value === "boolean"],
    ["retryAfter", (value) => typeof value === "string"],
    ["redirect", (value) => typeof value === "string"],
    ["status", (value) => Number.isInteger(value) && value >= 200 && value <= 599],
    ["body", (value, { status }) => status !== undefined || BODIES.includes(value)],
    ["shape", (value) => value === "object"],
    ["transform", (value) => typeof value === "function"],
    ["headers", (value) => typeof value === "object"],
    ["remainingReq", (value) => value === null || typeof value === "string"],
  ]),
);

const BODIES = ["truncated", "non-json", "html", "oversized", "empty"];

/** The faults waiting for requests. */
export class Faults {
  /** @type {Fault[]} */
  #queue = [];
  /** @type {Fault} */
  #standing = NO_FAULT;

  /**
   * Queues a fault for the next requests that it is for. `{}` lets one request pass.
   * @param {Fault} fault
   * @param {number} [times]
   */
  next(fault, times = 1) {
    assertFault(fault);
    for (let i = 0; i < times; i += 1) this.#queue.push(fault);
  }

  /**
   * The fault of every request that finds none in the queue, until `clear`.
   * @param {Fault} fault
   */
  always(fault) {
    assertFault(fault);
    this.#standing = fault;
  }

  /** Forgets all faults; requests under way keep theirs. */
  clear() {
    this.#queue = [];
    this.#standing = NO_FAULT;
  }

  /**
   * Takes the fault of one request.
   * @param {(string | null)[]} names uuid and identifier of its order
   * @returns {Fault}
   */
  take(names) {
    const at = this.#queue.findIndex((fault) => isFor(fault, names));
    const [queued] = at === -1 ? [] : this.#queue.splice(at, 1);
    return queued ?? (isFor(this.#standing, names) ? this.#standing : NO_FAULT);
  }
}

/**
 * @param {Fault} fault
 * @param {(string | null)[]} names
 */
function isFor({ order }, names) {
  return order === undefined || names.includes(order);
}

/** @param {Fault} fault */
function assertFault(fault) {
  for (const [name, value] of Object.entries(fault)) {
    if (!MEMBERS.get(name)?.(value, fault)) throw new TypeError(`Not a fault of this exchange: ${name}`);
  }
}
