// Nothing of a key stays in the core's memory once its client is closed or its one call has ended.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { inMemory, installed } from "./captured.js";
import { blockSize, compress, sha2 } from "./sha-2.js";
import { found, newKeys } from "./traces.js";
import { prepared, ways } from "./ways.js";

const { cancelOrder, cancelOrders, previewRequest, UpbitClient } = installed;

const order = { uuid: EXAMPLE_UUID };
const place = /** @type {const} */ ({ region: "sg" });

test("the states that are searched for are those of SHA-2", () => {
  for (const hash of Object.values(sha2)) {
    const block = Buffer.alloc(blockSize(hash));
    block.write("abc\x80", "latin1");
    block[block.length - 1] = 24;
    const words = compress(block, hash).map((word) => word.toString(16).padStart(Number(hash.bits) / 4, "0"));
    assert.equal(words.join(""), createHash(hash.name).update("abc").digest("hex"));
  }
});

for (const algorithm of /** @type {const} */ (["HS512", "HS256"])) {
  for (const tail of ["", "키🔑", "x".repeat(300)]) {
    const name = `${algorithm}, ${Buffer.byteLength(tail)} more bytes`;
    test(`${name}: the search finds what is there, until it is closed`, () => {
      const keys = newKeys(tail);
      const client = new UpbitClient({ ...keys, ...place, algorithm });
      assert.deepEqual(found(keys, algorithm), ["access key", "inner state", "outer state"]);
      client.close();
      assert.deepEqual(found(keys, algorithm), []);
    });
  }
}

/**
 * Calls after which nothing may be left.
 * @type {Record<string, (options: any, call: import("upbit-cancel-order").CallOptions) => Promise<unknown>>}
 */
const CALLS = {
  cancelOrder: (options, call) => cancelOrder(order, { ...options, ...call }),
  cancelOrders: (options, call) => cancelOrders([order, order], { ...options, ...call }),
  "a client that is closed then": async (options, call) => {
    const client = new UpbitClient(options);
    await client.cancelOrder(order, call).finally(() => client.close());
  },
  "a client that is closed meanwhile": async (options, call) => {
    const client = new UpbitClient(options);
    const results = client.cancelOrders([order, order], call);
    client.close();
    // What the call still needs of the keys is the public one, to keep it out of messages.
    assert.deepEqual(found(options, "HS512"), call.signal?.aborted ? [] : ["access key"]);
    await results;
  },
};

for (const [title, way] of Object.entries(ways)) {
  for (const [name, call] of Object.entries(CALLS)) {
    test(`after ${title}: ${name}`, async (t) => {
      const keys = newKeys("é".repeat(30));
      const exchange = await openExchange(t, { keys: { own: keys } });
      const options = await prepared(way, exchange);
      await call({ ...keys, baseUrl: exchange.url }, options).catch((error) => error);
      assert.deepEqual(found(keys, "HS512"), []);
      for (const { headers } of exchange.requests.filter(({ token }) => token)) {
        const signature = headers.authorization?.split(".").at(-1) ?? assert.fail();
        assert.ok(!inMemory(Buffer.from(signature)), "a token");
      }
    });
  }
}

test("a runtime whose fetch fails, or is not there", async (t) => {
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  const keys = newKeys();
  /** @type {any[]} */
  const broken = [undefined, () => assert.fail(), () => Promise.reject(null)];
  for (const one of broken) {
    globalThis.fetch = one;
    const error = await cancelOrder(order, { ...keys, ...place, maxRetries: 0 }).catch((failure) => failure);
    assert.equal(error.name, "UpbitError");
    assert.deepEqual(found(keys, "HS512"), [], String(one));
  }
});

test("callers whose code throws", async (t) => {
  const keys = newKeys();
  const exchange = await openExchange(t, { keys: { own: keys } });
  const fail = () => assert.fail("thrown by the caller");
  const options = { ...keys, baseUrl: exchange.url };
  await cancelOrders([order], { ...options, onProgress: fail });
  for (const name of ["algorithm", "timeoutMs", "maxRetries", "baseUrl", "region", "signal", "onProgress"]) {
    const trap = Object.defineProperty({ ...options }, name, { get: fail, enumerable: true });
    await assert.rejects(cancelOrders([order], trap), { kind: "invalid_request" });
  }
  await assert.rejects(cancelOrders({ [Symbol.iterator]: fail }, options), { kind: "invalid_request" });
  assert.deepEqual(found(keys, "HS512"), []);
});

test("wrong arguments and previews", async () => {
  const keys = newKeys();
  const wrong = [
    { region: "nowhere" },
    { timeoutMs: -1 },
    { algorithm: "none" },
    { secretKey: "" },
    { secretKey: `${keys.secretKey}\ud83d` },
    { accessKey: `${keys.accessKey}\ud83d` },
    { accessKey: "" },
  ];
  for (const one of wrong) {
    assert.throws(() => new UpbitClient(/** @type {any} */ ({ ...place, ...keys, ...one })));
  }
  await assert.rejects(cancelOrders(/** @type {any} */ (null), { ...keys, ...place }));
  await previewRequest(order, { ...keys, ...place });
  assert.deepEqual(found(keys, "HS512"), []);
});
