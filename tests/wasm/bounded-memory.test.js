// The largest that may come in, over and over: the memory of the core does not grow with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { installed, memories } from "./captured.js";

const { cancelOrder, trader, UpbitError } = installed;

const MIB = 2 ** 20;

/** Bodies of 1 MiB, of which a reader makes much. */
const BODIES = [
  `[${"[0],".repeat(MIB / 4 - 1)}0]`,
  `[${'{"":0},'.repeat(MIB / 8)}0]`,
  `[${"0,".repeat(MIB / 2 - 1)}0]`,
  `{"error":{"name":"${"\\u0000".repeat(MIB / 7)}","message":"${"x".repeat(MIB / 8)}"}}`,
  "[".repeat(MIB),
  `"${"\\ud83d".repeat(MIB / 7)}"`,
];

/** @param {import("upbit-cancel-order").ClientOptions} options */
async function round(options) {
  const long = "\0".repeat(MIB);
  for (const body of BODIES) {
    for (const status of [200, 400]) {
      globalThis.fetch = async () => new Response(body, { status });
      await assert.rejects(cancelOrder({ uuid: EXAMPLE_UUID }, options), UpbitError);
    }
  }
  await assert.rejects(cancelOrder({ identifier: long }, options), UpbitError);
  await assert.rejects(cancelOrder({ uuid: long }, options), UpbitError);
  await assert.rejects(
    cancelOrder({ uuid: EXAMPLE_UUID }, { ...options, accessKey: long, secretKey: long }),
    UpbitError,
  );
}

const size = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

test("memory does not grow with large responses", async (t) => {
  const exchange = await openExchange(t, { limits: false });
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  const options = { ...trader(exchange), maxRetries: 0 };
  await round(options);
  await round(options);
  const before = size();
  for (let count = 0; count < 2; count += 1) await round(options);
  assert.equal(size(), before);
  assert.ok(before < 64 * MIB, `${before / MIB} MiB`);
  t.diagnostic(`${before / MIB} MiB`);
  globalThis.fetch = fetch;
  assert.equal((await cancelOrder({ uuid: EXAMPLE_UUID }, options)).length, 1);
});
