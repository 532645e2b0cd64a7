// Ways in which a call can go.

/** @typedef {import("../../js/practice/exchange.ts").Exchange} Exchange */

/**
 * @typedef {object} Way
 * @property {import("../../js/practice/faults.ts").Fault} [fault]
 * @property {boolean} [first] the fault is the first request's only: a batch repeats it until it is gone
 * @property {import("upbit-cancel-order").CallOptions} [call]
 * @property {(exchange: Exchange) => boolean} [abortWhen]
 * @property {boolean} [nobodyThere] the exchange is gone before the call
 */

const once = { maxRetries: 0 };
/** @type {Way["abortWhen"]} */
const underWay = ({ counts }) => counts.total > 0;
/** @type {Way["abortWhen"]} */
const refused = ({ counts }) => counts[429] !== undefined;

/** @type {Record<string, Way>} */
export const ways = {
  success: {},
  "a success of one object": { fault: { shape: "object" } },
  "a refusal": { fault: { status: 403 } },
  "a block": { fault: { blocked: true } },
  "a limit that is not waited for": { fault: { rateLimited: true, retryAfter: "60" } },
  "a limit without a repeat": { fault: { rateLimited: true }, first: true, call: once },
  repeats: { fault: { status: 500 }, call: { maxRetries: 1 } },
  "a redirect": { fault: { redirect: "/elsewhere" } },
  "a body that is too large": { fault: { body: "oversized" } },
  "a body that is no JSON": { fault: { body: "html" } },
  "a body that breaks off": { fault: { body: "truncated" }, call: once },
  "a connection dropped before": { fault: { drop: "before" }, call: once },
  "a connection dropped after": { fault: { drop: "after" }, call: once },
  "nobody there": { nobodyThere: true, call: once },
  "a timeout without an answer": { fault: { hang: "before-headers" }, call: { timeoutMs: 40, ...once } },
  "a timeout within the body": { fault: { hang: "mid-body" }, call: { timeoutMs: 40, ...once } },
  "an abort before": { call: { signal: AbortSignal.abort() } },
  "an abort without an answer": { fault: { hang: "before-headers" }, abortWhen: underWay },
  "an abort within the body": { fault: { hang: "mid-body" }, abortWhen: underWay },
  "an abort within a wait": { fault: { rateLimited: true, retryAfter: "9" }, abortWhen: refused },
};

/**
 * What the call takes; it is aborted when it is time.
 * @param {Way} way
 * @param {Exchange} exchange
 */
export async function prepared({ fault = {}, first, call = {}, abortWhen, nobodyThere }, exchange) {
  if (first) exchange.faults.next(fault);
  else exchange.faults.always(fault);
  if (nobodyThere) await exchange.close();
  if (!abortWhen) return call;
  const controller = new AbortController();
  void (async () => {
    while (!abortWhen(exchange)) await new Promise(setImmediate);
    // By the time that another has its answer, the call has read its own.
    await fetch(exchange.url).catch(() => {});
    controller.abort();
  })();
  return { ...call, signal: controller.signal };
}
