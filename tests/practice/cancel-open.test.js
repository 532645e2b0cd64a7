import assert from "node:assert/strict";
import { test } from "node:test";
import { call, openExchange, verdict } from "./sign.js";

/** Four orders in state `wait`, from the oldest to the newest, and one in state `watch`. */
const ORDERS = [
  ["SGD-BTC", "ask", "wait"],
  ["SGD-ETH", "bid", "wait"],
  ["BTC-XRP", "ask", "wait"],
  ["USDT-BTC", "bid", "wait"],
  ["SGD-BTC", "bid", "watch"],
].map(([market = "", side = "", state = ""], index) => ({
  market,
  side,
  state,
  identifier: `n${index}`,
  created_at: `2025-07-04T00:00:0${index}`,
}));

/** @param {import("node:test").TestContext} t */
const openFive = (t) => openExchange(t, { orders: ORDERS, limits: { cancelAllWindowMs: 0 } });

/** @param {import("./sign.js").Exchange} exchange @param {string} query */
const cancelOpen = (exchange, query) => call(exchange, "DELETE /v1/orders/open", query);

/** Which of the orders are canceled, in the order of the answer. @type {[string, string[]][]} */
const CASES = [
  ["", ["n3", "n2", "n1", "n0"]],
  ["cancel_side=all", ["n3", "n2", "n1", "n0"]],
  ["order_by=asc", ["n0", "n1", "n2", "n3"]],
  ["order_by=desc&count=1", ["n3"]],
  ["order_by=asc&count=2", ["n0", "n1"]],
  ["cancel_side=ask", ["n2", "n0"]],
  ["cancel_side=bid", ["n3", "n1"]],
  ["pairs=SGD-ETH", ["n1"]],
  ["pairs=SGD-BTC,BTC-XRP", ["n2", "n0"]],
  ["pairs=SGD-BTC%2CBTC-XRP&cancel_side=ask&count=300", ["n2", "n0"]],
  ["quote_currencies=SGD", ["n1", "n0"]],
  ["quote_currencies=BTC,USDT", ["n3", "n2"]],
  ["excluded_pairs=SGD-ETH,BTC-XRP", ["n3", "n0"]],
  ["excluded_pairs=SGD-BTC&pairs=SGD-BTC,SGD-ETH", ["n1"]],
  ["excluded_pairs=SGD-BTC&quote_currencies=SGD,BTC&cancel_side=all", ["n2", "n1"]],
];

for (const [query, expected] of CASES) {
  test(`cancels ${expected.join(", ")} for "${query}"`, async (t) => {
    const exchange = await openFive(t);
    const { status, json } = await cancelOpen(exchange, query);
    assert.equal(status, 200);
    const canceled = json.success.orders.map((/** @type {any} */ { identifier }) => identifier);
    assert.deepEqual(canceled, expected);
    assert.deepEqual([json.success.count, json.failed], [expected.length, { count: 0, orders: [] }]);
    const left = exchange.orders.open().map(({ identifier }) => identifier ?? "");
    assert.deepEqual(
      left,
      ORDERS.map(({ identifier }) => identifier).filter((identifier) => !expected.includes(identifier)),
    );
  });
}

test("an entry holds uuid, market and identifier, and nothing else", async (t) => {
  const exchange = await openExchange(t);
  const { json } = await cancelOpen(exchange, "pairs=SGD-BTC,SGD-ETH&count=2");
  assert.deepEqual(json.success.orders, [
    { uuid: "cdd92199-2897-4e14-9448-f923320408ad", market: "SGD-BTC" },
    { uuid: "43685861-3d4b-4ec3-9913-21edd73bc256", market: "SGD-ETH", identifier: "practice-ask-1" },
  ]);
});

test("the newest 20 if nothing is said, 300 at most", async (t) => {
  const exchange = await openExchange(t, { orders: [], limits: { cancelAllWindowMs: 0 } });
  const uuids = exchange.orders.addMany(400).map(({ uuid }) => uuid);
  const first = await cancelOpen(exchange, "");
  assert.deepEqual(
    first.json.success.orders.map((/** @type {any} */ { uuid }) => uuid),
    uuids.slice(-20).reverse(),
  );
  assert.equal((await cancelOpen(exchange, "count=300")).json.success.count, 300);
  assert.equal(exchange.orders.open().length, 80);
});

test("order_not_found: nothing matches, or only orders in state watch do", async (t) => {
  const exchange = await openFive(t);
  for (const query of ["pairs=SGD-XRP", "pairs=SGD-BTC&cancel_side=bid"]) {
    assert.equal(verdict(await cancelOpen(exchange, query)), "404 order_not_found", query);
  }
  await cancelOpen(exchange, "count=300");
  assert.equal(verdict(await cancelOpen(exchange, "count=300")), "404 order_not_found");
  assert.equal(exchange.orders.open().length, 1);
});

test("invalid_parameter: values that cannot be, lists that are too long, misspelt filters", async (t) => {
  const exchange = await openFive(t);
  const pairs = Array.from({ length: 21 }, (_, index) => `SGD-C${index}`).join(",");
  for (const query of [
    "cancel_side=buy",
    "cancel_side=",
    "count=0",
    "count=301",
    "count=x",
    "order_by=newest",
    "pairs=",
    "pairs=SGD-BTC,",
    `pairs=${pairs}`,
    `excluded_pairs=${pairs}`,
    "pairs=SGD-BTC&quote_currencies=SGD",
    "exclude_pairs=SGD-BTC",
    "pairs[]=SGD-BTC",
    "market=SGD-BTC",
    "side=ask",
  ]) {
    assert.equal(verdict(await cancelOpen(exchange, query)), "400 invalid_parameter", query);
  }
  assert.equal(exchange.orders.open().length, 5);
});
