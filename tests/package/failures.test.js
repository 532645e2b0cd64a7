// Each fault of the practice exchange, and what the caller is told: the table of docs/errors.md, row by row.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { cancelOrder, trader, UpbitError } from "./installed.js";

/** @typedef {import("upbit-cancel-order").UpbitError} Failure */
/** @typedef {Partial<Pick<Failure, "kind" | "outcome" | "status" | "code" | "attempts" | "retryAfterMs">>} Facts */

const order = { uuid: EXAMPLE_UUID };

/** Timers that keep the program alive: a call that has settled has none, so it cannot send any more. */
const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

/**
 * Cancels the example order and gives the error.
 * @param {import("../../js/practice/exchange.ts").Exchange} exchange
 * @param {Partial<import("upbit-cancel-order").ClientOptions & import("upbit-cancel-order").CallOptions>} [options]
 * @param {number} [timersOfExchange]
 * @returns {Promise<Failure>}
 */
async function failure(exchange, options, timersOfExchange = 0) {
  const error = await cancelOrder(order, { ...trader(exchange), ...options }).then(
    () => assert.fail("should have failed"),
    (reason) => reason,
  );
  assert.equal(timers(), timersOfExchange);
  assert.ok(error instanceof UpbitError, String(error));
  assert.ok(error.hint, error.message);
  assert.equal(error.attempts, exchange.counts.total);
  return error;
}

/** @param {Failure} error @param {Facts} facts */
function assertFacts(error, facts) {
  for (const [name, value] of Object.entries(facts)) {
    assert.equal(Reflect.get(error, name), value, `${name}: ${error.message}`);
  }
}

/**
 * Every attempt meets the fault. @type {[string, import("../../js/practice/faults.ts").Fault, Facts][]}
 */
const FAULTS = [
  [
    "4xx",
    { status: 403, body: { error: { name: "market_offline", message: "m" } } },
    { kind: "rejected", outcome: "not_canceled", status: 403, code: "market_offline", attempts: 1 },
  ],
  [
    "4xx with a numeric name",
    { status: 400, body: { error: { name: 400, message: "m" } } },
    { kind: "rejected", code: "400", attempts: 1 },
  ],
  [
    "4xx as plain text",
    { status: 400, body: "Bad." },
    { kind: "rejected", outcome: "not_canceled", status: 400, code: null, attempts: 1 },
  ],
  [
    "429",
    { rateLimited: true, retryAfter: "0" },
    { kind: "rate_limited", outcome: "not_canceled", status: 429, attempts: 3, retryAfterMs: null },
  ],
  [
    "429 with a long Retry-After",
    { rateLimited: true, retryAfter: "3600" },
    { kind: "rate_limited", outcome: "not_canceled", attempts: 1, retryAfterMs: 3_600_000 },
  ],
  [
    "418",
    { blocked: true },
    { kind: "rate_limited", outcome: "not_canceled", status: 418, attempts: 1, retryAfterMs: null },
  ],
  [
    "418 with Retry-After",
    { blocked: true, retryAfter: "1" },
    { kind: "rate_limited", status: 418, attempts: 1, retryAfterMs: 1000 },
  ],
  ["408", { status: 408 }, { kind: "server", outcome: "unknown", status: 408, attempts: 3 }],
  ["500", { status: 500 }, { kind: "server", outcome: "unknown", status: 500, attempts: 3 }],
  [
    "503 as a web page",
    { status: 503, body: "<html></html>" },
    { kind: "server", outcome: "unknown", status: 503, code: null, attempts: 3 },
  ],
  [
    "503 with a long Retry-After",
    { status: 503, headers: { "retry-after": "60" } },
    { kind: "server", outcome: "unknown", attempts: 1, retryAfterMs: 60_000 },
  ],
  [
    "a connection dropped before the effect",
    { drop: "before" },
    { kind: "network", outcome: "unknown", status: null, attempts: 3 },
  ],
  [
    "a redirect",
    { redirect: "http://127.0.0.1:9/" },
    { kind: "bad_response", outcome: "unknown", status: 307, attempts: 1 },
  ],
  [
    "a truncated body",
    { body: "truncated" },
    { kind: "bad_response", outcome: "unknown", status: 200, attempts: 1 },
  ],
  [
    "a body that is not JSON",
    { body: "non-json" },
    { kind: "bad_response", outcome: "unknown", status: 200, attempts: 1 },
  ],
  [
    "a body of 2 MiB",
    { body: "oversized" },
    { kind: "bad_response", outcome: "unknown", status: 200, attempts: 1 },
  ],
  [
    "a web page with 200",
    { body: "html" },
    { kind: "bad_response", outcome: "unknown", status: 200, attempts: 1 },
  ],
  [
    "an empty body with 200",
    { body: "empty" },
    { kind: "bad_response", outcome: "unknown", status: 200, attempts: 1 },
  ],
  ["204", { status: 204 }, { kind: "bad_response", outcome: "unknown", status: 204, attempts: 1 }],
  [
    "an empty array",
    { transform: () => [] },
    { kind: "bad_response", outcome: "unknown", status: 200, attempts: 1 },
  ],
];

for (const [name, fault, facts] of FAULTS) {
  test(name, async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.always(fault);
    assertFacts(await failure(exchange), facts);
  });
}

test("the exchange's own refusals", async (t) => {
  const exchange = await openExchange(t);
  const { viewer, expired, trader: pair } = exchange.keys;
  /** @type {[object, string][]} */
  const rows = [
    [viewer, "out_of_scope"],
    [expired, "expired_access_key"],
    [{ ...pair, secretKey: "wrong" }, "jwt_verification"],
    [{ ...pair, accessKey: "unknown" }, "invalid_access_key"],
  ];
  const hints = new Set();
  let sent = 0;
  for (const [keys, code] of rows) {
    const error = await cancelOrder(order, { ...trader(exchange), ...keys }).catch((reason) => reason);
    sent += 1;
    assertFacts(error, { kind: "rejected", outcome: "not_canceled", status: 401, code, attempts: 1 });
    assert.equal(exchange.counts.total, sent);
    hints.add(error.hint);
  }
  assert.equal(hints.size, rows.length);
  assert.ok(exchange.orders.isOpen(EXAMPLE_UUID));
});

test("one 5xx is retried, with a fresh nonce", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ status: 502 });
  const [canceled] = await cancelOrder(order, trader(exchange));
  assert.equal(canceled?.uuid, EXAMPLE_UUID);
  const nonces = exchange.requests.map(({ token }) => token?.claims.nonce);
  assert.equal(new Set(nonces).size, 2);
  assert.equal(exchange.requests[0]?.url, exchange.requests[1]?.url);
});

test("a 429 is retried after its Retry-After, a date too", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ rateLimited: true, retryAfter: new Date(Date.now() - 5000).toUTCString() });
  assert.equal((await cancelOrder(order, trader(exchange))).length, 1);
});

test("a response lost after the effect: the retry's order_not_found is not trusted", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ drop: "after" });
  const error = await failure(exchange);
  assertFacts(error, {
    kind: "rejected",
    outcome: "unknown",
    status: 404,
    code: "order_not_found",
    attempts: 2,
  });
  assert.match(error.hint ?? "", /earlier attempt/);
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});

test("responses that come too late", async (t) => {
  /** @type {[import("../../js/practice/faults.ts").Fault, number][]} */
  const slow = [
    [{ hang: "before-headers" }, 0],
    [{ hang: "mid-body" }, 0],
    [{ latencyMs: 60_000 }, 1],
  ];
  for (const [fault, timersOfExchange] of slow) {
    const exchange = await openExchange(t);
    exchange.faults.always(fault);
    const error = await failure(exchange, { timeoutMs: 60, maxRetries: 0 }, timersOfExchange);
    assertFacts(error, { kind: "timeout", outcome: "unknown", status: null, attempts: 1 });
  }
});

test("maxRetries limits the number of retries", async (t) => {
  for (const maxRetries of [0, 1, 4]) {
    const exchange = await openExchange(t);
    exchange.faults.always({ status: 500 });
    assertFacts(await failure(exchange, { maxRetries }), { attempts: maxRetries + 1 });
  }
});

test("options of a call override those of the client", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ status: 500 });
  const { UpbitClient } = await import("./installed.js");
  const client = new UpbitClient({ ...trader(exchange), maxRetries: 5 });
  await assert.rejects(client.cancelOrder(order, { maxRetries: 0 }), { attempts: 1 });
});

test("a refused connection proves that nothing was sent", async () => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  const options = { accessKey: "a", secretKey: "s", baseUrl: `http://127.0.0.1:${port}`, maxRetries: 1 };
  const error = await cancelOrder(order, options).catch((reason) => reason);
  assertFacts(error, { kind: "network", outcome: "not_canceled", status: null, attempts: 2 });
});

test("a redirect is not followed", async (t) => {
  const [exchange, elsewhere] = [await openExchange(t), await openExchange(t)];
  exchange.faults.next({ redirect: `${elsewhere.url}/v1/order?uuid=${EXAMPLE_UUID}` });
  assertFacts(await failure(exchange), { kind: "bad_response" });
  assert.equal(elsewhere.counts.total, 0);
});

test("no server makes the error repeat a key or a token", async (t) => {
  const exchange = await openExchange(t);
  const { accessKey } = exchange.keys.trader;
  exchange.faults.always({ status: 400, body: { error: { name: accessKey, message: `key ${accessKey}!` } } });
  const error = await failure(exchange);
  assert.equal(error.code, "***");
  assert.doesNotMatch(error.message, new RegExp(accessKey));
});
