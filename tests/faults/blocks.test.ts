// 418: Upbit has blocked the caller, and every request prolongs it. Nothing is sent for that account and host until the
// time is over that Upbit told.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { UpbitError as Failure } from "upbit-cancel-order";
import { cancelOrder, cancelOrders, trader, UpbitClient } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";

const order = { uuid: EXAMPLE_UUID };

const failure = (call: Promise<unknown>): Promise<Failure> =>
  call.then(
    () => assert.fail("should have failed"),
    (error) => error,
  );

/** What was not sent because of a block of this long. */
function assertUnsent(error: Failure | undefined, blockMs: number) {
  assert.equal(error?.kind, "rate_limited", error?.message);
  assert.equal(error.outcome, "not_canceled");
  assert.equal(error.attempts, 0);
  const left = error.retryAfterMs ?? 0;
  assert.ok(left > blockMs / 2 && left <= blockMs, `${error.retryAfterMs} ms left`);
}

for (const [retryAfter, blockMs] of [
  ["30", 30_000],
  [undefined, 10_000],
] as const) {
  test(`after a 418 with Retry-After ${retryAfter} every call for the account is told so, unsent`, async (t) => {
    const exchange = await openExchange(t);
    const [client, other] = [new UpbitClient(trader(exchange)), new UpbitClient(trader(exchange))];
    exchange.faults.next({ blocked: true, ...(retryAfter && { retryAfter }) });
    assert.equal((await failure(client.cancelOrder(order))).status, 418);
    const later = new UpbitClient({ ...trader(exchange), algorithm: "HS256" });
    for (const call of [
      client.cancelOrder(order),
      other.cancelOrder(order),
      later.cancelOrder(order, { maxRetries: 0 }),
      cancelOrder(order, trader(exchange)),
    ]) {
      assertUnsent(await failure(call), blockMs);
    }
    const [entry] = await cancelOrders([order], trader(exchange));
    assertUnsent(errorOf(entry), blockMs);
    assert.equal(exchange.counts.total, 1);
  });
}

test("a Retry-After of more seconds than can be counted is a block without end", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ blocked: true, retryAfter: "9".repeat(25) });
  await failure(cancelOrder(order, trader(exchange)));
  const error = await failure(cancelOrder(order, trader(exchange)));
  assert.deepEqual([error.kind, error.attempts], ["rate_limited", 0]);
  assert.ok((error.retryAfterMs ?? 0) > 1e12 && Number.isFinite(error.retryAfterMs), `${error.retryAfterMs}`);
});

test("a client that is closed takes no block with it", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  exchange.faults.next({ blocked: true, retryAfter: "30" });
  await failure(client.cancelOrder(order));
  client.close();
  assertUnsent(await failure(cancelOrder(order, trader(exchange))), 30_000);
});

test("calls that wait for the budget when a block begins are told so at once, unsent", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  exchange.faults.next({ latencyMs: 100, blocked: true, retryAfter: "30" });
  exchange.faults.always({ hang: "before-headers" });
  const controller = new AbortController();
  const call = { signal: controller.signal, timeoutMs: 3000, maxRetries: 0 };
  const calls = exchange.orders.addMany(40).map(({ uuid }) => failure(client.cancelOrder({ uuid }, call)));
  for (const error of await Promise.all(calls.slice(30))) assertUnsent(error, 30_000);
  assert.ok(exchange.counts.total <= 30, `${exchange.counts.total} sent`);
  controller.abort();
  await Promise.all(calls);
});

test("a retry that a block prevents keeps the outcome of the lost attempt", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ order: EXAMPLE_UUID, drop: "after" });
  const [other] = exchange.orders.addMany(1);
  exchange.faults.next({ order: other?.uuid ?? "", blocked: true, retryAfter: "30" });
  const client = new UpbitClient(trader(exchange));
  const [lost] = await Promise.all([
    failure(client.cancelOrder(order)),
    failure(client.cancelOrder(other ?? {})),
  ]);
  assert.deepEqual([lost.kind, lost.outcome, lost.attempts], ["rate_limited", "unknown", 1]);
});

test("a block ends when its time is over", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ blocked: true, retryAfter: "1" });
  await failure(cancelOrder(order, trader(exchange)));
  assertUnsent(await failure(cancelOrder(order, trader(exchange))), 1000);
  await new Promise((resolve) => setTimeout(resolve, 1050));
  await cancelOrder(order, trader(exchange));
});

test("a block of one key or host holds up no other", async (t) => {
  const other = { accessKey: "other", secretKey: "other", account: "other" };
  const exchange = await openExchange(t, { keys: { other } });
  const elsewhere = await openExchange(t);
  exchange.faults.next({ blocked: true, retryAfter: "30" });
  await failure(cancelOrder(order, trader(exchange)));
  const { accessKey, secretKey } = other;
  await cancelOrder(order, { ...trader(exchange), accessKey, secretKey });
  await cancelOrder(order, trader(elsewhere));
});
