// No key can be seen in what the package gives out, and JavaScript holds none that the caller does not.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { format, inspect } from "node:util";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { cancelOrder, cancelOrders, previewRequest, UpbitClient } from "./installed.js";

const keys = { accessKey: `access-${crypto.randomUUID()}`, secretKey: `secret-${crypto.randomUUID()}` };
const order = { uuid: EXAMPLE_UUID };

/** Everything that a program might do to see a value. @param {any} value @returns {(string | undefined)[]} */
function shown(value) {
  const texts = [
    inspect(value, { showHidden: true, depth: Infinity, getters: true, showProxy: true }),
    format("%s %o %O %j", value, value, value, value),
    String(value),
    JSON.stringify(value),
    attempt(() => inspect(structuredClone(value), { depth: Infinity })),
  ];
  return [...texts, ...(value?.cause === undefined ? [] : shown(value.cause)), String(value?.stack)];
}

/** @param {() => string} work */
function attempt(work) {
  try {
    return work();
  } catch (error) {
    return String(error);
  }
}

/** @param {string} what @param {unknown} value @param {string[]} [hidden] */
function assertHidden(what, value, hidden = Object.values(keys)) {
  for (const text of shown(value)) {
    for (const key of hidden) assert.ok(!text?.includes(key), `${what}: ${text}`);
  }
}

/** How each kind of error comes about. @type {Record<string, [fault: object, options?: object]>} */
const KINDS = {
  invalid_request: [{}, { timeoutMs: -1 }],
  rejected: [{ status: 403 }],
  rate_limited: [{ blocked: true }],
  server: [{ status: 500 }],
  network: [{ drop: "after" }],
  timeout: [{ hang: "before-headers" }, { timeoutMs: 30 }],
  aborted: [{}, { signal: AbortSignal.abort(new Error("by the caller")) }],
  bad_response: [{ body: "html" }],
};

for (const [kind, [fault, options]] of Object.entries(KINDS)) {
  test(`an error of kind ${kind} shows no key`, async (t) => {
    const exchange = await openExchange(t, { keys: { keys } });
    exchange.faults.always(fault);
    const all = { ...keys, baseUrl: exchange.url, maxRetries: 0, ...options };
    const error = await cancelOrder(order, all).then(
      () => assert.fail(),
      (failure) => failure,
    );
    assert.equal(error.kind, kind);
    assertHidden(kind, error);
  });
}

test("clients, orders, results and progress show no key, and a preview no secret", async (t) => {
  const exchange = await openExchange(t, { keys: { keys } });
  const options = { ...keys, baseUrl: exchange.url };
  const client = new UpbitClient(options);
  assertHidden("an open client", client);
  const others = exchange.orders.addMany(2);
  assertHidden("orders", await client.cancelOrder(order));
  const onProgress = (/** @type {unknown} */ progress) => assertHidden("progress", progress);
  assertHidden("results", await client.cancelOrders([...others, order, {}], { onProgress }));
  assertHidden("results", await cancelOrders([order], options));
  const preview = await previewRequest(order, options);
  assert.equal(preview.claims.access_key, keys.accessKey);
  assertHidden("a preview", preview, [keys.secretKey]);
  client.close();
  assertHidden("a closed client", client);
});

/**
 * Which keys are in the heap of a program of its own.
 * @param {import("node:test").TestContext} t
 * @param {string} use
 */
async function heapAfter(t, use) {
  const exchange = await openExchange(t, { keys: { keys } });
  const program = fileURLToPath(new URL("heap-snapshot.js", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, use], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end([keys.accessKey, keys.secretKey, exchange.url].join("\n"));
  const snapshot = (await buffer(child.stdout)).toString();
  assert.ok(snapshot.includes(EXAMPLE_UUID), "a snapshot");
  return Object.entries(keys)
    .filter(([, key]) => snapshot.includes(key))
    .map(([name]) => name);
}

test("JavaScript keeps no key that the caller has released", async (t) => {
  assert.deepEqual(await heapAfter(t, "the caller keeps the options"), ["accessKey", "secretKey"]);
  assert.deepEqual(await heapAfter(t, "an open client"), []);
  assert.deepEqual(await heapAfter(t, "a closed client"), []);
  // The preview, which the program keeps, has the access key among its claims.
  assert.deepEqual(await heapAfter(t, "one-shot calls"), ["accessKey"]);
});
