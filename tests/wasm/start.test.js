// How the core is started: by the first call, once, and again after a failure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openExchange } from "../practice/sign.js";
import { installed, memories, nextStart } from "./captured.js";

const { cancelOrder, trader, UpbitClient, UpbitError } = installed;

test("importing starts nothing; a failed start is tried again; concurrent first calls start one core", async (t) => {
  assert.equal(memories.length, 0);
  nextStart.fails = true;
  assert.throws(() => new UpbitClient(/** @type {any} */ ({})), {
    name: "UpbitError",
    message: /could not be started \(LinkError: refused for a test\)/,
    hint: /wasm-unsafe-eval/,
  });
  const exchange = await openExchange(t);
  const orders = exchange.orders.addMany(20);
  await Promise.all(orders.map(({ uuid }) => cancelOrder({ uuid }, trader(exchange))));
  assert.equal(memories.length, 1);
  assert.equal(exchange.counts[200], 20);
});

test("names survive the minifier", () => {
  assert.equal(UpbitError.name, "UpbitError");
  assert.equal(
    Object.prototype.toString.call(new UpbitClient({ accessKey: "a", secretKey: "s", region: "sg" })),
    "[object Object]",
  );
  try {
    new UpbitClient(/** @type {any} */ ({}));
    assert.fail("should have thrown");
  } catch (error) {
    assert.match(String(error), /^UpbitError: `accessKey` must be a string, but is undefined/);
    assert.ok(error instanceof Error && error instanceof UpbitError);
    assert.equal(Object.keys(error).includes("name"), false);
  }
});
