// cancelOpen: one request, which is never sent again but after a 429.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CancelOpenFilter } from "upbit-cancel-order";
import type { Fault } from "../../js/practice/faults.ts";
import { cancelOpen, cancelOrder, trader, UpbitClient } from "../package/installed.js";
import { openExchange } from "../practice/sign.js";
import { answer, rejection } from "./result-summary.ts";

const OPEN = "DELETE /v1/orders/open";
const NOTHING = { canceled: [], failed: [], mayRemain: false };

for (const [query, filter] of [
  ["cancel_side=all&count=300&order_by=desc", { everything: true }],
  ["cancel_side=ask&count=300&order_by=desc", { side: "ask" }],
  ["cancel_side=bid&count=300&order_by=desc", { side: "bid", everything: true }],
  [
    "cancel_side=all&pairs=SGD-BTC%2CSGD-ETH&count=7&order_by=asc",
    { pairs: ["SGD-BTC", "SGD-ETH"], count: 7, orderBy: "asc" },
  ],
  ["cancel_side=all&quote_currencies=SGD%2CBTC&count=300&order_by=desc", { quoteCurrencies: ["SGD", "BTC"] }],
  [
    "cancel_side=all&excluded_pairs=SGD-BTC&count=300&order_by=desc",
    { everything: true, excludedPairs: ["SGD-BTC"] },
  ],
] as [string, CancelOpenFilter][]) {
  test(`${JSON.stringify(filter)} is sent as one request: ${query}`, async (t) => {
    const exchange = await openExchange(t);
    const { canceled } = await cancelOpen(filter, trader(exchange));
    const sent = exchange.requests.map(({ method, path, query }) => [`${method} ${path}`, decoded(query)]);
    assert.deepEqual(sent, [[OPEN, decoded(query)]]);
    assert.equal(canceled.length > 0, true);
    for (const { uuid } of canceled) assert.equal(exchange.orders.cancelCount(uuid), 1);
  });
}

const decoded = (query: string) => Object.fromEntries(new URLSearchParams(query));

test("only orders in state `wait` are canceled, and those of the filter", async (t) => {
  const exchange = await openExchange(t);
  const { canceled, failed, mayRemain } = await cancelOpen(
    { side: "bid", quoteCurrencies: ["SGD"], excludedPairs: ["SGD-XRP"] },
    trader(exchange),
  );
  assert.deepEqual([failed, mayRemain], [[], false]);
  assert.deepEqual(canceled.map(({ market }) => market).sort(), ["SGD-ADA", "SGD-BTC", "SGD-SOL"]);
  assert.equal(exchange.orders.open().length, 9);
  assert.equal(
    exchange.orders.open().some(({ state, market }) => state === "watch" && market === "SGD-BTC"),
    true,
  );
});

test("an order that is not canceled is reported as failed", async (t) => {
  const exchange = await openExchange(t, { orders: [] });
  const { uuid } = exchange.orders.add({}, { refused: { status: 403, name: "market_offline" } });
  exchange.orders.add();
  const { canceled, failed } = await cancelOpen({ everything: true }, trader(exchange));
  assert.equal(canceled.length, 1);
  assert.deepEqual(failed, [{ uuid, market: "SGD-BTC" }]);
});

test("`order_not_found` resolves with two empty lists, another 404 rejects", async (t) => {
  const exchange = await openExchange(t, { orders: [], limits: false });
  assert.deepEqual(await cancelOpen({ everything: true }, trader(exchange)), NOTHING);
  assert.equal(exchange.requests[0]?.status, 404);
  exchange.faults.next(answer(404, "not_found"));
  const error = await rejection(cancelOpen({ everything: true }, trader(exchange)));
  assert.deepEqual([error.kind, error.outcome, error.code], ["rejected", "not_canceled", "not_found"]);
});

test("a key without [View Orders] may, one without [Make Orders] may not", async (t) => {
  const exchange = await openExchange(t);
  const baseUrl = exchange.url;
  const error = await rejection(cancelOpen({ everything: true }, { ...exchange.keys.viewer, baseUrl }));
  assert.deepEqual([error.kind, error.outcome, error.code], ["rejected", "not_canceled", "out_of_scope"]);
  assert.match(error.hint ?? "", /Make Orders/);
  assert.equal(exchange.orders.open().length, 12);
});

const LOST: Record<string, [Fault, kind: string]> = {
  "a connection that is lost before": [{ drop: "before" }, "network"],
  "a connection that is lost after": [{ drop: "after" }, "network"],
  "500": [{ status: 500 }, "server"],
  "503 with Retry-After": [{ status: 503, headers: { "Retry-After": "1" } }, "server"],
  "408": [{ status: 408 }, "server"],
  silence: [{ hang: "before-headers" }, "timeout"],
  "half of an answer": [{ hang: "mid-body" }, "timeout"],
  "a truncated answer": [{ body: "truncated" }, "bad_response"],
  "a web page": [{ body: "html" }, "bad_response"],
  "no lists": [{ transform: () => ({}) }, "bad_response"],
  "a redirect": [{ redirect: "https://example.com/" }, "bad_response"],
};

describe("is never sent again", { concurrency: true }, () => {
  for (const [name, [fault, kind]] of Object.entries(LOST)) {
    test(`after ${name}`, async (t) => {
      const exchange = await openExchange(t);
      exchange.faults.next({ ...fault, endpoint: OPEN });
      const call = { ...trader(exchange), maxRetries: 5, timeoutMs: 400 };
      const error = await rejection(cancelOpen({ everything: true, count: 2 }, call));
      assert.deepEqual([error.kind, error.outcome, error.attempts], [kind, "unknown", 1]);
      assert.equal(exchange.counts.total, 1);
    });
  }

  test("after 418", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ blocked: true });
    const error = await rejection(cancelOpen({ everything: true }, { ...trader(exchange), maxRetries: 5 }));
    assert.deepEqual([error.kind, error.outcome, error.status], ["rate_limited", "not_canceled", 418]);
    assert.equal(exchange.counts.total, 1);
  });

  test("after an abort: what was in flight is unknown", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ latencyMs: 300 });
    const signal = AbortSignal.timeout(100);
    const error = await rejection(cancelOpen({ everything: true }, { ...trader(exchange), signal }));
    assert.deepEqual([error.kind, error.outcome, error.attempts], ["aborted", "unknown", 1]);
    assert.equal(exchange.counts.total, 1);
  });
});

describe("the budget of its own", { concurrency: true }, () => {
  for (const [name, retryAfter] of [
    ["", {}],
    [" with a Retry-After of 0", { retryAfter: "0" }],
  ] as const) {
    test(`after a 429${name} it is sent again, no sooner than 2 s later`, async (t) => {
      const exchange = await openExchange(t);
      exchange.faults.next({ rateLimited: true, ...retryAfter });
      const { canceled } = await cancelOpen({ side: "ask" }, trader(exchange));
      assert.equal(canceled.length > 0, true);
      const [first, second] = exchange.requests;
      assert.equal(exchange.counts.total, 2);
      assert.equal((second?.at ?? 0) - (first?.at ?? 0) >= 1990, true);
      assert.notEqual(first?.token?.claims.nonce, second?.token?.claims.nonce);
    });
  }

  test("after a 429 and a lost answer it is not sent again", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ rateLimited: true });
    exchange.faults.next({ drop: "after" });
    const error = await rejection(cancelOpen({ side: "ask" }, { ...trader(exchange), maxRetries: 5 }));
    assert.deepEqual([error.kind, error.outcome, error.attempts], ["network", "unknown", 2]);
  });

  test("with maxRetries 0 a 429 rejects", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ rateLimited: true });
    const error = await rejection(cancelOpen({ side: "ask" }, { ...trader(exchange), maxRetries: 0 }));
    assert.deepEqual([error.kind, error.outcome, error.attempts], ["rate_limited", "not_canceled", 1]);
  });

  test("two calls are 2 s apart without a 429, and singles do not wait for them", async (t) => {
    const exchange = await openExchange(t);
    const client = new UpbitClient(trader(exchange));
    t.after(() => client.close());
    const first = exchange.orders.open()[0]?.uuid ?? "";
    const watching = exchange.orders.open().find(({ state }) => state === "watch")?.uuid ?? "";
    const calls = [
      client.cancelOpen({ everything: true, count: 1, orderBy: "asc" }),
      client.cancelOpen({ everything: true, count: 1, orderBy: "asc" }),
    ];
    await Promise.all([
      client.cancelOrder({ uuid: first }),
      cancelOrder({ uuid: watching }, trader(exchange)),
    ]);
    const results = await Promise.all(calls);
    assert.deepEqual(
      results.map(({ canceled }) => canceled.length),
      [1, 1],
    );
    assert.deepEqual(exchange.counts, { total: 4, 200: 4 });
    assert.deepEqual(exchange.requests.map(({ path }) => path).lastIndexOf("/v1/orders/open"), 3);
  });

  test("mayRemain is true if `count` orders were canceled", async (t) => {
    const exchange = await openExchange(t, { orders: [{}, {}, {}] });
    const call = trader(exchange);
    const some = await cancelOpen({ everything: true, count: 2 }, call);
    assert.deepEqual([some.canceled.length, some.mayRemain], [2, true]);
    const rest = await cancelOpen({ everything: true, count: 2 }, call);
    assert.deepEqual([rest.canceled.length, rest.mayRemain], [1, false]);
  });
});
