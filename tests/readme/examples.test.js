// The examples of the README, run as they are written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { examplesOf, runExample } from "./run-example.js";

const [oneOrder = "", manyOrders = "", ...more] = examplesOf("README.md", "js");

/** @param {string} source */
const withRequire = (source) =>
  `(async () => {${source.replace(/^import (\{.*?\}) from ("[^"]+");/m, "const $1 = require($2);")}\n})();`;

test("the README has its examples", () => {
  assert.ok(oneOrder !== "" && manyOrders !== "");
  assert.deepEqual(more, []);
  assert.equal(examplesOf("README.md", "html").length, 1);
});

for (const [kind, name, change] of /** @type {const} */ ([
  ["import", "example.mjs", (/** @type {string} */ source) => source],
  ["require", "example.cjs", withRequire],
])) {
  test(`one order, with ${kind}: canceled, and then not found`, async (t) => {
    const exchange = await openExchange(t);
    const source = change(oneOrder);
    const first = await runExample(t, name, source, exchange);
    assert.deepEqual(first, { code: 0, stdout: "Canceled: bid 1.0 SGD-BTC at 153559.00\n", stderr: "" });
    const second = await runExample(t, name, source, exchange);
    assert.match(second.stderr, /^rejected, order not_canceled: .*order_not_found.* Check the UUID/);
    assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
  });

  test(`many orders, with ${kind}`, async (t) => {
    const exchange = await openExchange(t);
    const { code, stdout, stderr } = await runExample(t, name, change(manyOrders), exchange);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /^1 of 2\n2 of 2\npractice-ask-1 canceled, \S+ left\n연습-주문-1 canceled, \S+ left\n$/,
    );
  });
}
