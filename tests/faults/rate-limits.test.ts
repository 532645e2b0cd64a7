// 429: nobody sends before the second is over, whatever Retry-After says, and a long pause belongs to account and host.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { UpbitError as Failure } from "upbit-cancel-order";
import { cancelOrder, cancelOrders, trader, UpbitClient } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";

const order = { uuid: EXAMPLE_UUID };

/** Why a call failed. */
const failure = (call: Promise<unknown>): Promise<Failure> =>
  call.then(
    () => assert.fail("should have failed"),
    (error) => error,
  );

/** What was not sent because of a pause of 30 seconds. */
function assertUnsent(error: Failure | undefined) {
  assert.equal(error?.kind, "rate_limited", error?.message);
  assert.equal(error.outcome, "not_canceled");
  assert.equal(error.attempts, 0);
  const left = error.retryAfterMs ?? 0;
  assert.ok(left > 10_000 && left <= 30_000, `${error.retryAfterMs} ms left`);
}

/** What says nothing about how long to wait. */
const NOT_TOLD = {
  "of 0": () => "0",
  "that is past": () => new Date(Date.now() - 5000).toUTCString(),
  "that is negative": () => "-3",
  "that nobody can read": () => "soon",
};

describe("a 429 that tells no time", { concurrency: true }, () => {
  for (const [name, retryAfter] of Object.entries(NOT_TOLD)) {
    test(`a Retry-After ${name} shortens no wait`, async (t) => {
      const exchange = await openExchange(t);
      exchange.faults.next({ rateLimited: true, retryAfter: retryAfter() });
      await cancelOrder(order, trader(exchange));
      const [refused, repeated] = exchange.requests;
      const waited = (repeated?.at ?? 0) - (refused?.at ?? 0);
      assert.ok(waited >= 1000, `repeated after ${waited} ms`);
      assert.equal(exchange.counts.total, 2);
    });
  }
});

test("a batch that is refused with Retry-After 0 sends each order once a second at most", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ rateLimited: true, retryAfter: "0" });
  const orders = exchange.orders.addMany(20);
  setTimeout(() => exchange.faults.clear(), 1500);
  const results = await cancelOrders(orders, trader(exchange));
  assert.ok(results.every(({ ok }) => ok));
  assert.ok(exchange.counts.total <= 60, `${exchange.counts.total} requests for 20 orders`);
  const latest = new Map<string | null, number>();
  for (const { uuid, at } of exchange.requests) {
    assert.ok(at - (latest.get(uuid) ?? -Infinity) >= 1000, `${uuid} twice in a second`);
    latest.set(uuid, at);
  }
});

test("after a 429 with Retry-After 30 the rest of a batch is told the time that is left", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ rateLimited: true, retryAfter: "30" });
  const results = await cancelOrders(exchange.orders.addMany(100), trader(exchange));
  const errors = results.map(errorOf);
  const sent = errors.filter((error) => error?.attempts === 1);
  assert.equal(sent.length, exchange.counts.total);
  assert.ok(sent.length <= 30, `${sent.length} sent`);
  assert.ok(sent.every((error) => error?.status === 429 && error.retryAfterMs === 30_000));
  for (const error of errors) if (error?.attempts !== 1) assertUnsent(error);
});

test("after a 429 with Retry-After 30 further calls for the account are told at once, unsent", async (t) => {
  const exchange = await openExchange(t);
  const [client, other] = [new UpbitClient(trader(exchange)), new UpbitClient(trader(exchange))];
  exchange.faults.next({ rateLimited: true, retryAfter: "30" });
  const refused = await failure(client.cancelOrder(order));
  assert.deepEqual([refused.status, refused.attempts, refused.retryAfterMs], [429, 1, 30_000]);
  for (const call of [
    client.cancelOrder(order),
    other.cancelOrder(order),
    cancelOrder(order, { ...trader(exchange), algorithm: "HS256", maxRetries: 0 }),
  ]) {
    assertUnsent(await failure(call));
  }
  const [entry] = await client.cancelOrders([order]);
  assertUnsent(errorOf(entry));
  assert.equal(exchange.counts.total, 1);
});

test("calls that wait for the budget when a long pause begins are told at once, unsent", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  exchange.faults.next({ latencyMs: 100, rateLimited: true, retryAfter: "30" });
  exchange.faults.always({ hang: "before-headers" });
  const controller = new AbortController();
  const call = { signal: controller.signal, timeoutMs: 3000, maxRetries: 0 };
  const calls = exchange.orders.addMany(40).map(({ uuid }) => failure(client.cancelOrder({ uuid }, call)));
  const unsent = await Promise.all(calls.slice(30));
  unsent.forEach(assertUnsent);
  assert.ok(exchange.counts.total <= 30, `${exchange.counts.total} sent`);
  controller.abort();
  await Promise.all(calls);
});

test("a pause of one key or host holds up no other", async (t) => {
  const other = { accessKey: "other", secretKey: "other", account: "other" };
  const exchange = await openExchange(t, { keys: { other } });
  const elsewhere = await openExchange(t);
  exchange.faults.next({ rateLimited: true, retryAfter: "30" });
  await failure(cancelOrder(order, trader(exchange)));
  const { accessKey, secretKey } = other;
  await cancelOrder(order, { ...trader(exchange), accessKey, secretKey });
  await cancelOrder(order, trader(elsewhere));
});

test("a Retry-After that is a date is counted with the clock of the answer", async (t) => {
  const hour = 3_600_000;
  for (const wrong of [-hour, hour]) {
    const exchange = await openExchange(t);
    const date = new Date(Math.floor(Date.now() / 1000) * 1000 + wrong);
    const headers = { date: date.toUTCString(), "retry-after": new Date(+date + 3000).toUTCString() };
    exchange.faults.always({ rateLimited: true, headers });
    const error = await failure(cancelOrder(order, { ...trader(exchange), maxRetries: 0 }));
    assert.equal(error.retryAfterMs, 3000);
  }
});

test("a wall clock that jumps changes no wait", async (t) => {
  const { now } = Date;
  t.after(() => (Date.now = now));
  for (const jump of [-86_400_000, 86_400_000]) {
    const exchange = await openExchange(t);
    exchange.faults.next({ rateLimited: true, retryAfter: "2" });
    const call = cancelOrder(order, trader(exchange));
    while (exchange.counts.total === 0) await new Promise(setImmediate);
    Date.now = () => now() + jump;
    await call;
    const [refused, repeated] = exchange.requests;
    assert.ok((repeated?.at ?? 0) - (refused?.at ?? 0) >= 2000);
    Date.now = now;
  }
});
