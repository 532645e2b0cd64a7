// Time limits at the ends of their range, and the timers behind them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelOrder, cancelOrders, trader, UpbitClient } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";

const order = { uuid: EXAMPLE_UUID };

/** What Node and browsers can wait for at most; a timer of more fires at once. */
const LONGEST = 2 ** 31 - 1;

test("a time limit of up to 24.8 days is kept", async (t) => {
  const warnings: string[] = [];
  const warned = ({ name }: Error) => warnings.push(name);
  process.on("warning", warned);
  t.after(() => process.off("warning", warned));
  const exchange = await openExchange(t);
  exchange.faults.always({ latencyMs: 60 });
  const limits = [LONGEST, LONGEST - 0.5, LONGEST - 1, LONGEST - 2, LONGEST - 50, LONGEST - 1000];
  const orders = exchange.orders.addMany(limits.length);
  await Promise.all(
    limits.map((timeoutMs, index) =>
      cancelOrder(orders[index] ?? {}, { ...trader(exchange), timeoutMs, maxRetries: 0 }),
    ),
  );
  const client = new UpbitClient({ ...trader(exchange), timeoutMs: LONGEST });
  const results = await client.cancelOrders([order, { uuid: EXAMPLE_UUID.toUpperCase() }]);
  assert.ok(results.every(({ ok }) => ok));
  await new Promise(setImmediate);
  assert.deepEqual(warnings, []);
});

test("a time limit outside of the range is refused, and the message names the range", async (t) => {
  const exchange = await openExchange(t);
  for (const timeoutMs of [0, -1, LONGEST + 1, Number.MAX_SAFE_INTEGER, Infinity, NaN]) {
    const refusal = { name: "UpbitError", kind: "invalid_request", message: /timeoutMs.*2147483647/ };
    await assert.rejects(cancelOrder(order, { ...trader(exchange), timeoutMs }), refusal);
    await assert.rejects(cancelOrders([order], { ...trader(exchange), timeoutMs }), refusal);
  }
  assert.equal(exchange.counts.total, 0);
});

test("a time limit below a millisecond ends the call", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ hang: "before-headers" });
  const options = { ...trader(exchange), timeoutMs: 0.001, maxRetries: 0 };
  await assert.rejects(cancelOrder(order, options), { kind: "timeout", outcome: "unknown" });
});

test("a request without an answer ends at its time limit, also in a busy program", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ hang: "before-headers" });
  const call = cancelOrder(order, { ...trader(exchange), timeoutMs: 100, maxRetries: 0 });
  await new Promise(setImmediate);
  const end = performance.now() + 300;
  while (performance.now() < end);
  await assert.rejects(call, { kind: "timeout", outcome: "unknown", attempts: 1 });
});
