// The engine of Node 20 and 22 ends the process when optimised code calls a WebAssembly export whose only result is a
// reference, and that code is deoptimised within the call. Each way to have it happen is an argument:
// `node --allow-natives-syntax tests/faults/deoptimisation.mjs forced`
// `node --no-use-osr tests/faults/deoptimisation.mjs aborted [24000]`
// `node tests/faults/deoptimisation.mjs successes [100000]`
import { writeSync } from "node:fs";

const [way = "", count] = process.argv.slice(2);
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";
const order = { uuid: UUID };
/** What is refused at once, so that the way to the refusal gets hot. */
const nothing = {};
const keys = { secretKey: "s", baseUrl: "http://127.0.0.1:8" };

let onFetch = () => {};
globalThis.fetch = async () => {
  onFetch();
  return new Response(`[{"uuid":"${UUID}"}]`);
};

// What needs another clock replaces it before the package is loaded.
if (way === "successes") await import("./fast-clock.js");
const { cancelOrder, cancelOrders, UpbitClient } = await import("../package/installed.js");

/** Calls of the engine, which is told by a flag to take them as syntax. @param {string} name */
const native = (name) => new Function("f", `return %${name}(f)`);

/** Optimises a way into the package, and deoptimises it while a call is in flight. */
async function forced() {
  const client = new UpbitClient({ ...keys, accessKey: "a" });
  /** @type {Record<string, (order: object) => Promise<unknown>>} */
  const ways = {
    "a method": (order) => client.cancelOrder(order),
    "a method for a batch": (order) => client.cancelOrders([order]),
    "a function": (order) => cancelOrder(order, { ...keys, accessKey: "a" }),
    "a function for a batch": (order) => cancelOrders([order], { ...keys, accessKey: "a" }),
  };
  const own = [
    UpbitClient.prototype.cancelOrder,
    UpbitClient.prototype.cancelOrders,
    cancelOrder,
    cancelOrders,
  ];
  for (const [name, call] of Object.entries(ways)) {
    const victims = [call, ...own];
    onFetch = () => {};
    for (const victim of victims) native("PrepareFunctionForOptimization")(victim);
    for (let round = 0; round < 300; round += 1) await call(nothing).catch(() => {});
    for (const victim of victims) native("OptimizeFunctionOnNextCall")(victim);
    await call(nothing).catch(() => {});
    let reached = false;
    onFetch = () => {
      reached = true;
      for (const victim of victims) native("DeoptimizeFunction")(victim);
    };
    await call(order);
    if (!reached) throw new Error(`${name} has not called fetch`);
  }
}

/** One client, whose calls wait for the budget and are given up. @param {number} calls */
async function aborted(calls) {
  const client = new UpbitClient({ ...keys, accessKey: "a", requestsPerSecond: 1 });
  await client.cancelOrder(order);
  for (let done = 0; done < calls; done += 1) {
    const controller = new AbortController();
    const call = client.cancelOrder(order, { signal: controller.signal });
    controller.abort();
    await call.catch(() => {});
    // A turn of the event loop now and then, as programs have it.
    if (done % 50 === 0) await new Promise(setImmediate);
  }
}

/** One client, which waits for nothing but the budget of a clock that runs fast. @param {number} calls */
async function successes(calls) {
  const client = new UpbitClient({ ...keys, accessKey: "a" });
  for (let done = 0; done < calls; done += 30) {
    await Promise.all(Array.from({ length: 30 }, () => client.cancelOrder(order)));
  }
}

if (way === "forced") await forced();
else if (way === "aborted") await aborted(Number(count ?? 24_000));
else if (way === "successes") await successes(Number(count ?? 100_000));
else throw new Error(`No such way: ${way}`);
writeSync(1, "alive\n");
