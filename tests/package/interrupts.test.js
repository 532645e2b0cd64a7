// Calls that are ended from outside: by a signal, by close(), or by the end of the program.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { cancelOrder, trader, UpbitClient } from "./installed.js";

/** @typedef {import("../../js/practice/exchange.ts").Exchange} Exchange */

const order = { uuid: EXAMPLE_UUID };

/** Waits until the exchange has got so many requests. @param {Exchange} exchange @param {number} count */
async function arrived(exchange, count) {
  while (exchange.counts.total < count) await new Promise((resolve) => setImmediate(resolve));
}

/** @param {Promise<unknown>} call @param {string} outcome @param {number} attempts */
async function assertAborted(call, outcome, attempts) {
  await assert.rejects(call, { name: "UpbitError", kind: "aborted", outcome, attempts });
}

test("an aborted signal sends nothing", async (t) => {
  const exchange = await openExchange(t);
  const signal = AbortSignal.abort();
  await assertAborted(cancelOrder(order, { ...trader(exchange), signal }), "not_canceled", 0);
  assert.equal(exchange.counts.total, 0);
});

test("an abort during a request leaves the outcome unknown", async (t) => {
  for (const hang of /** @type {const} */ (["before-headers", "mid-body"])) {
    const exchange = await openExchange(t);
    exchange.faults.always({ hang });
    const controller = new AbortController();
    const call = cancelOrder(order, { ...trader(exchange), signal: controller.signal });
    await arrived(exchange, 1);
    controller.abort();
    await assertAborted(call, "unknown", 1);
  }
});

test("an abort ends the wait before a retry", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ rateLimited: true, retryAfter: "10" });
  const controller = new AbortController();
  const call = cancelOrder(order, { ...trader(exchange), signal: controller.signal });
  await arrived(exchange, 1);
  // The answer is read before the next request of the same connection is answered.
  await fetch(exchange.url);
  controller.abort();
  await assert.rejects(call, { kind: "aborted", attempts: 1 });
  assert.equal(exchange.requests.filter(({ method }) => method === "DELETE").length, 1);
});

test("an abort ends the wait for the rate limit", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  await Promise.all(exchange.orders.addMany(30).map(({ uuid }) => client.cancelOrder({ uuid })));
  const controller = new AbortController();
  const call = client.cancelOrder(order, { signal: controller.signal });
  controller.abort();
  await assertAborted(call, "not_canceled", 0);
  assert.equal(exchange.counts.total, 30);
});

test("no listener stays on the caller's signal", async (t) => {
  const exchange = await openExchange(t);
  const { signal } = new AbortController();
  const options = { ...trader(exchange), signal, maxRetries: 0 };
  await cancelOrder(order, options);
  await assert.rejects(cancelOrder(order, options));
  exchange.faults.next({ hang: "before-headers" });
  await assert.rejects(cancelOrder(order, { ...options, timeoutMs: 30 }));
  assert.deepEqual(getEventListeners(signal, "abort"), []);
});

test("a request in flight when the client is closed is completed", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ latencyMs: 50 });
  const client = new UpbitClient(trader(exchange));
  const call = client.cancelOrder(order);
  client.close();
  assert.equal((await call)[0]?.uuid, EXAMPLE_UUID);
});

test("a closed client does not retry", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ status: 503 });
  const client = new UpbitClient(trader(exchange));
  const call = client.cancelOrder(order, { maxRetries: 50 });
  client.close();
  await assert.rejects(call, { kind: "server", outcome: "unknown", attempts: 1 });
  assert.equal(exchange.counts.total, 1);
});

test("closing a client ends its waits and reports what was not sent", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  const orders = exchange.orders.addMany(100).map(({ uuid }) => ({ uuid }));
  const batch = client.cancelOrders(orders, { onProgress: ({ done }) => done === 30 && client.close() });
  const results = await batch;
  const failed = results.flatMap((result) => (result.ok ? [] : [result.error]));
  assert.equal(exchange.counts.total, 30);
  assert.equal(failed.length, 70);
  assert.ok(failed.every(({ kind, attempts }) => kind === "invalid_request" && attempts === 0));
});

test("a client is disposed of", () => {
  const client = new UpbitClient({ accessKey: "a", secretKey: "s", region: "sg" });
  client[Symbol.dispose]();
  return assert.rejects(client.cancelOrder(order), { kind: "invalid_request" });
});

const PROGRAM = `
  const { cancelOrder } = await import(process.argv[1]);
  const options = JSON.parse(process.argv[2]);
  const results = await Promise.allSettled([
    cancelOrder({ uuid: "${EXAMPLE_UUID}" }, options),
    cancelOrder({ identifier: "unknown" }, { ...options, timeoutMs: 1_000_000 }),
  ]);
  console.log(results.map(({ status }) => status).join());
  process.on("exit", () => console.log(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length));
`;

test("a program exits when its calls are settled", async (t) => {
  const exchange = await openExchange(t);
  const installed = new URL("../../target/consumer/installed.js", import.meta.url);
  const args = ["--input-type=module", "-e", PROGRAM, installed.href, JSON.stringify(trader(exchange))];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  assert.equal(code, 0);
  assert.equal(output, "fulfilled,rejected\n0\n");
});
