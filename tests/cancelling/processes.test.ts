// With the exchange in its own process: how many requests are needed, and several programs of one account.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openExchangeProcess } from "../faults/exchange-process.ts";
import { cancelByIds } from "../package/installed.js";
import { startMixed } from "./mixed-process.ts";
import { tally } from "./result-summary.ts";

test("300 orders by id: at most 15 requests, no 429, at once, with 50 ms of latency", async (t) => {
  const exchange = await openExchangeProcess(t, { orders: 300, latencyMs: 50 });
  const start = performance.now();
  const results = await cancelByIds(exchange.orders, exchange.trader);
  const ms = performance.now() - start;
  assert.deepEqual(tally(results), { canceled: 300 });
  const arrivals = await exchange.arrivals();
  assert.ok(arrivals.length <= 15, `${arrivals.length} requests`);
  assert.equal(
    arrivals.every(({ status }) => status === 200),
    true,
  );
  // It takes two round trips. How long is measured by the benchmark; that it waits for no second shows here.
  assert.ok(ms < 2000, `${ms} ms`);
});

describe("several programs of an account", { concurrency: true }, () => {
  test("three that divide the limit, cancel by id, one by one and look: nothing is lost, no block", async (t) => {
    const exchange = await openExchangeProcess(t, { orders: 930, latencyMs: 20 });
    const run = await Promise.all([1, 2, 3].map(() => startMixed(t)));
    const options = { ...exchange.trader, requestsPerSecond: 10 };
    const reports = await Promise.all(
      run.map((start, index) => {
        const mine = exchange.orders.slice(index * 310, (index + 1) * 310);
        return start({ options, byIds: mine.slice(0, 280), singles: mine.slice(280), looks: 3 });
      }),
    );
    for (const { canceled, looked } of reports) {
      assert.deepEqual(canceled, Array(310).fill("canceled"));
      assert.deepEqual(looked, Array(6).fill("found"));
    }
    const arrivals = await exchange.arrivals();
    assert.deepEqual(new Set(arrivals.map(({ status }) => status)), new Set([200]));
    const times = arrivals.map(({ at }) => at).sort((a, b) => a - b);
    for (const [index, at] of times.entries()) {
      const inSecond = times.slice(index).filter((time) => time < at + 1000).length;
      assert.ok(inSecond <= 30, `${inSecond} in a second`);
    }
  });

  test("three that do not divide the limit lose nothing either, and are not blocked", async (t) => {
    const exchange = await openExchangeProcess(t, { orders: 630, latencyMs: 20 });
    const run = await Promise.all([1, 2, 3].map(() => startMixed(t)));
    const reports = await Promise.all(
      run.map((start, index) => {
        const mine = exchange.orders.slice(index * 210, (index + 1) * 210);
        return start({
          options: exchange.trader,
          byIds: mine.slice(0, 190),
          singles: mine.slice(190),
          looks: 0,
        });
      }),
    );
    for (const { canceled } of reports) assert.deepEqual(canceled, Array(210).fill("canceled"));
    const arrivals = await exchange.arrivals();
    assert.equal(
      arrivals.every(({ status }) => status === 200 || status === 429),
      true,
    );
  });
});
