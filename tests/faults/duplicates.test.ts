// An order that is named twice in one call is sent once, and both entries get the same result.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CancelResult, OrderRef, Progress } from "upbit-cancel-order";
import { cancelOrders, trader } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";

/** What an entry is told: the uuid of the canceled order, or the error. */
const told = (result: CancelResult) => {
  if (result.ok) return result.order.uuid;
  const { kind, outcome, code, attempts, message } = result.error;
  return [kind, outcome, code, attempts, message];
};

/** Each result is about the very object that was given. */
function assertRequests(results: CancelResult[], entries: OrderRef[]) {
  assert.equal(results.length, entries.length);
  for (const [index, { request }] of results.entries()) assert.equal(request, entries[index]);
}

/** The same order, named twice. */
const TWICE: Record<string, [OrderRef, OrderRef]> = {
  "the same uuid": [{ uuid: EXAMPLE_UUID }, { uuid: EXAMPLE_UUID }],
  "the same uuid in other case": [{ uuid: EXAMPLE_UUID.toUpperCase() }, { uuid: EXAMPLE_UUID }],
  "the same uuid, once with an identifier": [{ uuid: EXAMPLE_UUID, identifier: "x" }, { uuid: EXAMPLE_UUID }],
  "the same identifier": [{ identifier: "mine" }, { identifier: "mine" }],
};

for (const [name, [first, second]] of Object.entries(TWICE)) {
  test(`${name} twice is one request, and both succeed`, async (t) => {
    const exchange = await openExchange(t);
    exchange.orders.add({ identifier: "mine" });
    const between = exchange.orders.addMany(3).map(({ uuid }) => ({ uuid }));
    const entries = [first, ...between, second];
    const progress: Progress[] = [];
    const results = await cancelOrders(entries, {
      ...trader(exchange),
      onProgress: (one) => progress.push(one),
    });
    assertRequests(results, entries);
    assert.ok(results.every(({ ok }) => ok));
    assert.deepEqual(told(results[4] as CancelResult), told(results[0] as CancelResult));
    assert.deepEqual(exchange.counts, { total: 4, 200: 4 });
    assert.deepEqual(
      progress.map(({ done, total, canceled, failed }) => [done, total, canceled, failed]),
      [1, 2, 3, 4, 5].map((done) => [done, 5, done, 0]),
    );
    assert.deepEqual(new Set(progress.map(({ last }) => last)), new Set(results));
  });
}

test("the very same object may stand in a list many times", async (t) => {
  const exchange = await openExchange(t);
  const entries = Array<OrderRef>(100).fill({ uuid: EXAMPLE_UUID });
  const results = await cancelOrders(entries, trader(exchange));
  assertRequests(results, entries);
  assert.ok(results.every(({ ok }) => ok));
  assert.equal(exchange.counts.total, 1);
});

test("a refusal is told to both", async (t) => {
  const exchange = await openExchange(t);
  const entries = [{ identifier: "unknown" }, { uuid: EXAMPLE_UUID }, { identifier: "unknown" }];
  const results = await cancelOrders(entries, trader(exchange));
  assertRequests(results, entries);
  assert.equal(errorOf(results[0])?.code, "order_not_found");
  assert.deepEqual(told(results[2] as CancelResult), told(results[0] as CancelResult));
  assert.equal(exchange.counts.total, 2);
});

test("identifiers that differ in case are two orders", async (t) => {
  const exchange = await openExchange(t);
  exchange.orders.add({ identifier: "mine" });
  exchange.orders.add({ identifier: "Mine" });
  const results = await cancelOrders([{ identifier: "mine" }, { identifier: "Mine" }], trader(exchange));
  assert.ok(results.every(({ ok }) => ok));
  assert.equal(exchange.counts[200], 2);
});

test("an order that is named by uuid and by identifier is reported as canceled for both", async (t) => {
  for (const reversed of [false, true]) {
    const exchange = await openExchange(t);
    const { uuid } = exchange.orders.add({ identifier: "mine" });
    const names: OrderRef[] = [{ uuid }, { identifier: "mine" }];
    const entries = [...(reversed ? names.reverse() : names), { identifier: "unknown" }];
    const results = await cancelOrders(entries, trader(exchange));
    assertRequests(results, entries);
    assert.deepEqual(results.slice(0, 2).map(told), [uuid, uuid]);
    assert.equal(errorOf(results[2])?.code, "order_not_found");
  }
});

test("an order that was lost by one name and not found by the other is never reported as not canceled", async (t) => {
  const exchange = await openExchange(t);
  const { uuid } = exchange.orders.add({ identifier: "mine" });
  exchange.faults.next({ drop: "after" });
  const results = await cancelOrders([{ uuid }, { identifier: "mine" }], {
    ...trader(exchange),
    maxRetries: 0,
  });
  assert.equal(errorOf(results[0])?.outcome, "unknown");
});
