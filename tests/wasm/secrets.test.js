// Nothing of a key stays in the core's memory once its client is closed or its one call has ended.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { inMemory, installed } from "./captured.js";

const { cancelOrder, cancelOrders, previewRequest, UpbitClient } = installed;

const order = { uuid: EXAMPLE_UUID };
const BLOCK = 128;

/**
 * A pair of keys that is nowhere else, and all that must not stay: both keys, and the secret as HMAC pads it.
 * @param {string} tail
 */
function pair(tail) {
  const [accessKey, secretKey] = [`access ${crypto.randomUUID()}${tail}`, `secret ${crypto.randomUUID()}${tail}`];
  const secret = Buffer.from(secretKey);
  const padded = [0x36, 0x5c].map((pad) => Buffer.from(secret.map((byte) => byte ^ pad)).subarray(0, BLOCK));
  return { keys: { accessKey, secretKey }, traces: [Buffer.from(accessKey), secret.subarray(0, 16), ...padded] };
}

/** @param {Buffer[]} traces */
const found = (traces) => traces.map((trace) => inMemory(trace));
const NOTHING = [false, false, false, false];

/** Ways in which a call can go. @type {[string, import("../../js/practice/faults.js").Fault, object][]} */
const WAYS = [
  ["success", {}, {}],
  ["refusal", { status: 403 }, {}],
  ["repeats", { status: 500 }, { maxRetries: 2 }],
  ["a dropped connection", { drop: "after" }, { maxRetries: 0 }],
  ["a timeout", { hang: "mid-body" }, { timeoutMs: 40, maxRetries: 0 }],
  ["an abort", { hang: "before-headers" }, { signal: AbortSignal.timeout(400) }],
];

for (const algorithm of /** @type {const} */ (["HS512", "HS256"])) {
  for (const tail of ["", "키🔑", "x".repeat(300)]) {
    test(`${algorithm}, ${Buffer.byteLength(tail)} more bytes: the search finds what is there, until it is closed`, () => {
      const { keys, traces } = pair(tail);
      const client = new UpbitClient({ ...keys, region: "sg", algorithm });
      assert.deepEqual(found(traces), [true, false, false, false]);
      client.close();
      assert.deepEqual(found(traces), NOTHING);
    });
  }
}

for (const [name, fault, options] of WAYS) {
  test(`after ${name}, a one-shot call leaves nothing`, async (t) => {
    const { keys, traces } = pair("é".repeat(30));
    const exchange = await openExchange(t, { keys: { own: keys } });
    exchange.faults.always(fault);
    await cancelOrder(order, { ...keys, baseUrl: exchange.url, ...options }).catch((error) => error);
    assert.deepEqual(found(traces), NOTHING);
  });

  test(`after ${name}, a closed client leaves nothing`, async (t) => {
    const { keys, traces } = pair("");
    const exchange = await openExchange(t, { keys: { own: keys } });
    exchange.faults.always(fault);
    const client = new UpbitClient({ ...keys, baseUrl: exchange.url, ...options });
    const call = name === "an abort" ? { signal: AbortSignal.timeout(50) } : {};
    await client.cancelOrders([order, order], call);
    client.close();
    assert.deepEqual(found(traces), NOTHING);
  });
}

test("wrong arguments and previews leave nothing", async () => {
  const { keys, traces } = pair("");
  for (const wrong of [{ region: "nowhere" }, { timeoutMs: -1 }, { algorithm: "none" }, { secretKey: "" }]) {
    assert.throws(() => new UpbitClient(/** @type {any} */ ({ region: "sg", ...keys, ...wrong })));
  }
  await assert.rejects(cancelOrders(/** @type {any} */ (null), { ...keys, region: "sg" }));
  await previewRequest(order, { ...keys, region: "sg" });
  assert.deepEqual(found(traces), NOTHING);
});
