// More calls than the limit, each of which is given up before long: they still use the whole budget, in the order in
// which they came. THOROUGH=1 goes on for longer.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { ClientOptions } from "upbit-cancel-order";
import { trader, UpbitClient } from "../package/installed.js";
import { openExchange } from "../practice/sign.js";
import { openExchangeProcess } from "./exchange-process.ts";

/** Long enough to see whether those who come later are served. */
const SECONDS = process.env.THOROUGH ? 10 : 3;

interface Rush {
  /** Calls made in a second. */
  perSecond: number;
  givenUpAfterMs: number;
  seconds: number;
}

const RUSHES = [100, 300].flatMap((perSecond) =>
  [500, 900, 3000].map((givenUpAfterMs) => ({ perSecond, givenUpAfterMs })),
);

/** Gives the number of calls that succeeded, for each second from the first call on. */
async function rush(options: ClientOptions, { perSecond, givenUpAfterMs, seconds }: Rush) {
  const client = new UpbitClient(options);
  const successes = Array<number>(seconds).fill(0);
  const calls: Promise<void>[] = [];
  const over = new AbortController();
  const start = performance.now();
  const second = () => Math.floor((performance.now() - start) / 1000);
  const call = async () => {
    // Nobody has such an order, so the exchange's "no" is the answer to a call that was served.
    const order = { identifier: `order-${calls.length}` };
    const signal = AbortSignal.any([AbortSignal.timeout(givenUpAfterMs), over.signal]);
    const error = await client.cancelOrder(order, { signal }).catch((reason) => reason);
    const now = second();
    if (error.code === "order_not_found" && now < seconds) successes[now] = (successes[now] ?? 0) + 1;
  };
  for (; second() < seconds; await delay(5)) {
    while (calls.length < ((performance.now() - start) / 1000) * perSecond) calls.push(call());
  }
  over.abort();
  await Promise.all(calls);
  client.close();
  return successes;
}

/** Whether the budget of 30 a second was used all the time, but for the first second. */
function usesWholeBudget(successes: number[]) {
  // All 30 of a second may succeed at once, so one burst may have fallen behind the end of a second.
  const burst = 30;
  return successes.slice(1).every((_, index, later) => {
    const sum = later.slice(0, index + 1).reduce((total, count) => total + count, 0);
    return index === 0 || sum + burst >= 28 * (index + 1);
  });
}

describe("calls that are given up", () => {
  for (const each of RUSHES) {
    const { perSecond, givenUpAfterMs } = each;
    test(`${perSecond} calls a second, given up after ${givenUpAfterMs} ms, use the whole budget`, async (t) => {
      const exchange = await openExchangeProcess(t, {});
      const successes = await rush(exchange.trader, { ...each, seconds: SECONDS });
      assert.ok(usesWholeBudget(successes), `${successes} in each second`);
      const refused = (await exchange.arrivals()).filter(({ status }) => status === 429);
      assert.equal(refused.length, 0);
    });
  }
});

test("calls are served in the order in which they came, and those that are given up make room at once", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  const orders = exchange.orders.addMany(90);
  const controller = new AbortController();
  const calls = orders.map(({ uuid }, index) =>
    client
      .cancelOrder({ uuid }, index >= 30 && index % 2 === 0 ? { signal: controller.signal } : {})
      .catch(({ kind }) => kind),
  );
  controller.abort();
  await Promise.all(calls);
  const served = exchange.requests.map(({ uuid }) => orders.findIndex((order) => order.uuid === uuid));
  const kept = orders.flatMap((_, index) => (index < 30 || index % 2 === 1 ? [index] : []));
  // Those of one second go on several connections, so they may overtake each other.
  const inOrder = (from: number, to: number) => served.slice(from, to).sort((one, other) => one - other);
  assert.deepEqual([...inOrder(0, 30), ...inOrder(30, 60)], kept);
  const times = exchange.requests.map(({ at }) => at);
  assert.ok((times[59] ?? 0) - (times[29] ?? 0) < 2000, "the 30 that are left go in one second");
});
