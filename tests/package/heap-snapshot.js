// A program that uses a key and lets go of it, and then shows what JavaScript still holds: a heap snapshot on
// standard output. What to do is its argument; the keys and the base URL come as lines on standard input.
import { readFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { getHeapSnapshot } from "node:v8";
import { EXAMPLE_UUID } from "../practice/sign.js";
import { cancelOrder, cancelOrders, previewRequest, UpbitClient } from "./installed.js";

const order = { uuid: EXAMPLE_UUID };
/** What the program means to keep. @type {unknown[]} */
const kept = [];

/** @type {Record<string, (options: import("upbit-cancel-order").ClientOptions) => unknown>} */
const uses = {
  "the caller keeps the options": (options) => kept.push(options),
  "one-shot calls": async (options) => {
    kept.push(await cancelOrder(order, options));
    kept.push(await cancelOrder(order, { ...options, maxRetries: 0 }).catch((error) => error));
    kept.push(await cancelOrders([order, {}], options), await previewRequest(order, options));
  },
  "an open client": (options) => kept.push(new UpbitClient(options)),
  "a closed client": async (options) => {
    const client = new UpbitClient(options);
    kept.push(client, await client.cancelOrders([order, order]));
    client.close();
    kept.push(await client.cancelOrder(order).catch((error) => error));
  },
};

/** The keys exist as text within this function only. */
async function run() {
  const [accessKey = "", secretKey = "", baseUrl = ""] = readFileSync(0).toString().split("\n");
  await uses[process.argv[2] ?? ""]?.({ accessKey, secretKey, baseUrl });
}

await run();
await pipeline(getHeapSnapshot(), process.stdout);
