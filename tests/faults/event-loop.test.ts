// An event loop that stands still, a process that is suspended, connections that are slow: what has arrived counts, and
// no second sees more than 30 requests. The exchange refuses with 429 what would be too much.
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type Report, startClient, type Task } from "./client-process.ts";
import { type ExchangeSetup, openExchangeProcess, type RemoteExchange } from "./exchange-process.ts";

/** All orders were canceled, each by its only request. */
async function assertAllCanceled(exchange: RemoteExchange, { results }: Report) {
  const arrivals = await exchange.arrivals();
  assert.deepEqual(tally(results), { canceled: results.length });
  assert.deepEqual(tally(arrivals.map(({ status }) => `${status}`)), { 200: results.length });
}

function tally(texts: string[]) {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

/** Cancels all orders of an exchange, in two processes. */
async function cancelAll(
  t: TestContext,
  setup: ExchangeSetup,
  task: Omit<Task, "orders" | "options"> & { timeoutMs?: number } = {},
) {
  const { timeoutMs = 10_000, ...how } = task;
  const exchange = await openExchangeProcess(t, setup);
  const options = { ...exchange.trader, timeoutMs };
  const client = await startClient(t, { orders: exchange.orders, options, ...how });
  return { exchange, ...client };
}

test("an answer that arrives while the program is busy is read, however late", async (t) => {
  const setup = { orders: 20, latencyMs: 400 };
  const busy = { afterMs: 200, forMs: 1500 };
  const { exchange, report } = await cancelAll(t, setup, { timeoutMs: 1000, singles: true, busy });
  await assertAllCanceled(exchange, await report);
});

test("an answer that arrives while the program is suspended is read, however late", async (t) => {
  const { exchange, child, report } = await cancelAll(t, { orders: 20, latencyMs: 400 }, { timeoutMs: 1000 });
  while ((await exchange.arrivals()).length < 20) await delay(20);
  child.kill("SIGSTOP");
  await delay(1500);
  child.kill("SIGCONT");
  await assertAllCanceled(exchange, await report);
});

test("requests that a busy program sent late do not make room early", async (t) => {
  const busy = { afterMs: 0, forMs: 2000 };
  const { exchange, report } = await cancelAll(t, { orders: 120 }, { busy, singles: true });
  await assertAllCanceled(exchange, await report);
});

test("a program that is busy again and again keeps to the limit", async (t) => {
  const busy = { afterMs: 1300, forMs: 1200 };
  const { exchange, report } = await cancelAll(t, { orders: 120, latencyMs: 50 }, { busy });
  await assertAllCanceled(exchange, await report);
});

// These wait most of the time, so they can do it together.
describe("what is slow", { concurrency: true }, () => {
  test("connections that take longer than half a second lead to no refusal", async (t) => {
    const { exchange, report } = await cancelAll(t, { orders: 120, connectMs: 700 });
    await assertAllCanceled(exchange, await report);
  });

  test("100 orders at 2 seconds of latency take at most 12 seconds", async (t) => {
    const { exchange, report } = await cancelAll(t, { orders: 100, latencyMs: 2000 });
    const { ms } = await report;
    await assertAllCanceled(exchange, await report);
    assert.ok(ms <= 12_000, `${ms} ms`);
  });

  test("5 seconds of suspension within a batch of 300: nothing unknown, nothing refused", async (t) => {
    const { exchange, child, report } = await cancelAll(t, { orders: 300 });
    while ((await exchange.arrivals()).length < 100) await delay(20);
    child.kill("SIGSTOP");
    await delay(5000);
    child.kill("SIGCONT");
    await assertAllCanceled(exchange, await report);
  });
});
