// A program of its own that cancels orders, so that a test can let its event loop stand still or suspend it. This file
// is both sides: tests import it, and it is the program that they start.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { ClientOptions, OrderRef } from "upbit-cancel-order";
import { cancelOrder, cancelOrders } from "../package/installed.js";

export interface Task {
  orders: OrderRef[];
  options: ClientOptions;
  /** A call for each order, all at once, instead of one batch. */
  singles?: boolean;
  /** The event loop stands still for this long, this long after the start. */
  busy?: { afterMs: number; forMs: number };
}

export interface Report {
  /** For each order "canceled", or the error's kind and outcome. */
  results: string[];
  ms: number;
}

export interface ClientProcess {
  child: ChildProcess;
  report: Promise<Report>;
}

const program = fileURLToPath(import.meta.url);

/** Starts a program that does the task and reports. */
export async function startClient(t: TestContext, task: Task): Promise<ClientProcess> {
  const child = fork(program, { execArgv: ["--import", "tsx"] });
  t.after(() => child.kill("SIGKILL"));
  await once(child, "message");
  child.send(task);
  return { child, report: once(child, "message").then(([report]) => report) };
}

async function run({ orders, options, singles = false, busy }: Task): Promise<Report> {
  const start = performance.now();
  const calls = singles ? oneByOne(orders, options) : batch(orders, options);
  if (busy) {
    await delay(busy.afterMs);
    // From here on the next that runs is timers, before sockets are read.
    await new Promise(setImmediate);
    const end = performance.now() + busy.forMs;
    while (performance.now() < end);
  }
  return { results: await calls, ms: performance.now() - start };
}

function oneByOne(orders: OrderRef[], options: ClientOptions) {
  return Promise.all(orders.map((order) => cancelOrder(order, options).then(() => "canceled", told)));
}

async function batch(orders: OrderRef[], options: ClientOptions) {
  const results = await cancelOrders(orders, options);
  return results.map((result) => (result.ok ? "canceled" : told(result.error)));
}

const told = ({ kind, outcome, message }: { kind: string; outcome: string; message: string }) =>
  `${kind}, ${outcome}: ${message}`;

if (process.argv[1] === program) {
  process.once("message", async (task: Task) => {
    const report = await run(task);
    process.send?.(report, () => process.disconnect());
  });
  process.send?.("ready");
}
