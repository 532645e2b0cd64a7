// Many orders at once, against the practice exchange with its limits on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { cancelOrder, cancelOrders, trader, UpbitClient, UpbitError } from "./installed.js";

/** @typedef {import("upbit-cancel-order").CancelResult} CancelResult */
/** @typedef {import("upbit-cancel-order").Progress} Progress */
/** @typedef {import("../../js/practice/exchange.ts").Exchange} Exchange */

/** @param {Exchange} exchange @param {number} count */
const open = (exchange, count) => exchange.orders.addMany(count).map(({ uuid }) => ({ uuid }));

/** @param {CancelResult[]} results */
const errors = (results) => results.flatMap((result) => (result.ok ? [] : [result.error]));

test("300 orders in at most 10.5 seconds, and none is refused", async (t) => {
  const exchange = await openExchange(t);
  const orders = open(exchange, 300);
  const start = performance.now();
  const results = await cancelOrders(orders, trader(exchange));
  const seconds = (performance.now() - start) / 1000;
  t.diagnostic(`${seconds.toFixed(2)} s`);
  assert.deepEqual(exchange.counts, { total: 300, 200: 300 });
  assert.deepEqual(
    results.map(({ request }) => request),
    orders,
  );
  assert.ok(results.every((result, index) => result.ok && result.order.uuid === orders[index]?.uuid));
  assert.ok(seconds <= 10.5, `${seconds} s`);
});

test("results are in the order of the entries", async (t) => {
  const exchange = await openExchange(t);
  const [first, second] = open(exchange, 2);
  const bad = /** @type {any} */ (7);
  const orders = [first, { identifier: "unknown" }, bad, { uuid: "malformed" }, second, first];
  exchange.faults.next({ order: first?.uuid ?? "", latencyMs: 30 });
  const results = await cancelOrders(orders, trader(exchange));
  assert.deepEqual(
    results.map(({ request }) => request),
    orders,
  );
  assert.equal(results[2]?.request, bad);
  assert.deepEqual(
    results.slice(0, 5).map(({ ok }) => ok),
    [true, false, false, false, true],
  );
  const failed = errors(results);
  assert.ok(failed.every((error) => error instanceof UpbitError));
  assert.deepEqual(
    failed.slice(0, 3).map(({ kind, attempts }) => [kind, attempts]),
    [
      ["rejected", 1],
      ["invalid_request", 0],
      ["invalid_request", 0],
    ],
  );
});

test("any iterable works, even an empty one", async (t) => {
  const exchange = await openExchange(t);
  const orders = open(exchange, 2);
  function* generator() {
    yield* orders;
  }
  assert.equal((await cancelOrders(generator(), trader(exchange))).length, 2);
  assert.deepEqual(errors(await cancelOrders(new Set(open(exchange, 1)), trader(exchange))), []);
  assert.deepEqual(await cancelOrders([], trader(exchange)), []);
});

test("progress is reported after every entry", async (t) => {
  const exchange = await openExchange(t);
  const orders = [...open(exchange, 5), { identifier: "unknown" }, /** @type {any} */ ({})];
  /** @type {Progress[]} */
  const told = [];
  const results = await cancelOrders(orders, {
    ...trader(exchange),
    onProgress: (progress) => told.push(progress),
  });
  assert.deepEqual(
    told.map(({ done }) => done),
    [1, 2, 3, 4, 5, 6, 7],
  );
  assert.ok(told.every(({ total, done, canceled, failed }) => total === 7 && canceled + failed === done));
  assert.equal(told.at(-1)?.canceled, 5);
  assert.deepEqual(new Set(told.map(({ last }) => last)), new Set(results));
});

test("an exception in onProgress does not lose results", async (t) => {
  const exchange = await openExchange(t);
  /** @type {((progress: Progress) => any)[]} */
  const callbacks = [() => assert.fail("now"), () => Promise.reject(new Error("later"))];
  for (const onProgress of callbacks) {
    const results = await cancelOrders(open(exchange, 3), { ...trader(exchange), onProgress });
    assert.deepEqual(errors(results), []);
  }
});

test("a bounded number of requests is in flight", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ hang: "before-headers" });
  const controller = new AbortController();
  const batch = cancelOrders(open(exchange, 50), { ...trader(exchange), signal: controller.signal });
  while (exchange.counts.total < 10) await new Promise((resolve) => setImmediate(resolve));
  await fetch(exchange.url);
  assert.equal(exchange.requests.filter(({ method }) => method === "DELETE").length, 10);
  controller.abort();
  const failed = errors(await batch);
  assert.equal(failed.filter(({ kind }) => kind === "aborted").length, 50);
  assert.equal(failed.filter(({ outcome }) => outcome === "unknown").length, 10);
  assert.equal(failed.filter(({ attempts }) => attempts === 0).length, 40);
  assert.equal(exchange.requests.filter(({ method }) => method === "DELETE").length, 10);
});

test("a refusal for the rate loses no entry", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ rateLimited: true }, 8);
  const results = await cancelOrders(open(exchange, 12), { ...trader(exchange), maxRetries: 0 });
  assert.deepEqual(errors(results), []);
  assert.equal(exchange.counts[429], 8);
});

test("a block stops the sending and accounts for the rest", async (t) => {
  const exchange = await openExchange(t);
  const orders = open(exchange, 40);
  exchange.faults.next({}, 4);
  exchange.faults.always({ blocked: true, retryAfter: "30" });
  const results = await cancelOrders(orders, trader(exchange));
  const failed = errors(results);
  const sent = failed.filter(({ attempts }) => attempts === 1);
  assert.equal(results.length - failed.length, 4);
  assert.ok(failed.every(({ kind, outcome }) => kind === "rate_limited" && outcome === "not_canceled"));
  assert.ok(sent.length >= 1 && sent.length <= 26, `${sent.length} sent into the block`);
  assert.ok(sent.every(({ status, retryAfterMs }) => status === 418 && retryAfterMs === 30_000));
  assert.equal(exchange.counts.total, 4 + sent.length);
  assert.equal(failed.filter(({ attempts }) => attempts === 0).length, 36 - sent.length);
  for (const [index, { uuid }] of orders.entries()) {
    assert.equal(results[index]?.ok, exchange.orders.cancelCount(uuid) === 1);
  }
});

test("clients of one account share one budget", async (t) => {
  const exchange = await openExchange(t);
  const orders = open(exchange, 40);
  const clients = Array.from({ length: 4 }, () => new UpbitClient(trader(exchange)));
  const calls = orders.map((order, index) => clients[index % 4]?.cancelOrder(order));
  await Promise.all([...calls, ...open(exchange, 5).map((order) => cancelOrder(order, trader(exchange)))]);
  assert.deepEqual(exchange.counts, { total: 45, 200: 45 });
});

test("other programs' requests slow us down", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ remainingReq: "group=default; min=1800; sec=3" });
  const client = new UpbitClient(trader(exchange));
  await client.cancelOrder({ uuid: EXAMPLE_UUID });
  const [answered] = exchange.requests;
  await Promise.all(open(exchange, 4).map((order) => client.cancelOrder(order)));
  const last = exchange.requests.at(-1);
  assert.equal(exchange.counts.total, 5);
  assert.ok((last?.at ?? 0) - (answered?.at ?? 0) >= 990, "the fourth waits for the next second");
});

test("odd Remaining-Req headers are harmless", async (t) => {
  const exchange = await openExchange(t);
  const headers = [
    null,
    "",
    "sec=",
    "sec=-5",
    "sec=1e9",
    "group=default; sec=29; sec=0",
    "💥",
    "x".repeat(5000),
  ];
  for (const remainingReq of headers.filter((header) => header !== "💥")) {
    exchange.faults.next({ remainingReq });
  }
  const results = await cancelOrders(open(exchange, headers.length), trader(exchange));
  assert.deepEqual(errors(results), []);
});
