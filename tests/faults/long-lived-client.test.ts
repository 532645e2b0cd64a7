// What a program that runs for weeks would notice: memory that grows, calls that become slower, listeners that stay.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cancelOrder, cancelOrders, trader, UpbitClient } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";

test("50,000 calls of one client, half of which wait and are given up, leave nothing behind", () => {
  const program = fileURLToPath(new URL("soak.mjs", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", program], {
    encoding: "utf8",
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
});

test("many calls with one signal are no reason for a warning, and leave no listener", async (t) => {
  const warnings: string[] = [];
  const warned = ({ name }: Error) => warnings.push(name);
  process.on("warning", warned);
  t.after(() => process.off("warning", warned));
  const exchange = await openExchange(t);
  exchange.faults.always({ latencyMs: 20 });
  const { signal } = new AbortController();
  const options = { ...trader(exchange), signal };
  const client = new UpbitClient(trader(exchange));
  const orders = exchange.orders.addMany(30).map(({ uuid }) => ({ uuid }));
  await Promise.all([
    ...orders.slice(0, 12).map((order) => cancelOrder(order, options)),
    ...orders.slice(12, 25).map((order) => client.cancelOrder(order, { signal })),
    cancelOrders(orders.slice(25), options),
  ]);
  await new Promise(setImmediate);
  assert.deepEqual(warnings, []);
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("an abort of a signal that many calls share ends each of them", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ hang: "before-headers" });
  const controller = new AbortController();
  const { signal } = controller;
  const options = { ...trader(exchange), signal };
  const calls = exchange.orders
    .addMany(40)
    .map(({ uuid }) => cancelOrder({ uuid }, options).catch(({ kind }) => kind));
  const batch = cancelOrders([{ uuid: EXAMPLE_UUID }], options);
  await new Promise(setImmediate);
  controller.abort();
  assert.deepEqual(await Promise.all(calls), Array(40).fill("aborted"));
  assert.equal(errorOf((await batch)[0])?.kind, "aborted");
  assert.equal(getEventListeners(signal, "abort").length, 0);
});
