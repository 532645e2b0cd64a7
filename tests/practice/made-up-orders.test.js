import assert from "node:assert/strict";
import { test } from "node:test";
import { call, EXAMPLE_UUID, listOpen, openExchange } from "./sign.js";

/** @param {import("../../js/practice/order.ts").Order[]} orders @param {"market" | "side" | "ord_type" | "state"} name */
const values = (orders, name) => new Set(orders.map((order) => order[name]));

test("orders: N opens so many more than the documented ones, which stay first", async (t) => {
  const exchange = await openExchange(t, { orders: 70 });
  const open = exchange.orders.open();
  assert.equal(open.length, 12 + 70);
  assert.equal(open[0]?.uuid, EXAMPLE_UUID);
  const { json } = await listOpen(exchange, "states[]=wait&states[]=watch");
  assert.deepEqual(
    json.map((/** @type {any} */ { uuid }) => uuid),
    open.map(({ uuid }) => uuid),
  );
});

test("they are of various markets, sides, types and states, some partly filled, some with an identifier", async (t) => {
  const exchange = await openExchange(t, { orders: 70 });
  const more = exchange.orders.open().slice(12);
  assert.deepEqual(
    values(more, "market"),
    new Set(["SGD-BTC", "SGD-ETH", "BTC-XRP", "USDT-BTC", "USDT-ETH"]),
  );
  for (const market of values(more, "market")) {
    const inMarket = more.filter((order) => order.market === market);
    assert.deepEqual(values(inMarket, "side"), new Set(["bid", "ask"]), market);
    assert.deepEqual(values(inMarket, "ord_type"), new Set(["limit", "price"]), market);
    assert.deepEqual(values(inMarket, "state"), new Set(["wait", "watch"]), market);
  }
  assert.equal(more.filter(({ identifier }) => identifier !== undefined).length, 20);
  const partly = more.filter(({ executed_volume }) => executed_volume !== "0");
  assert.equal(partly.length, 10);
  for (const { volume, remaining_volume, executed_volume, trades_count } of partly) {
    assert.equal(Number(remaining_volume) + Number(executed_volume), Number(volume));
    assert.equal(trades_count, 1);
  }
});

test("a bid locks what it may cost, and a market buy has a sum and no volume", async (t) => {
  const exchange = await openExchange(t, { orders: 14 });
  for (const order of exchange.orders.open().slice(12)) {
    const { side, ord_type, price, volume, remaining_volume, remaining_fee, locked } = order;
    assert.equal(volume === undefined, ord_type === "price");
    if (ord_type === "price") assert.equal(side, "bid");
    const cost = ord_type === "price" ? Number(price) : Number(price) * Number(remaining_volume);
    assert.equal(Number(locked), side === "bid" ? cost + Number(remaining_fee) : Number(remaining_volume));
    if (side === "bid") assert.equal(Number(remaining_fee), cost * 0.0025);
  }
});

test("0 is the default; thousands can be looked at and canceled", async (t) => {
  assert.equal((await openExchange(t, { orders: 0 })).orders.open().length, 12);
  const exchange = await openExchange(t, { orders: 3000, limits: false });
  let left = exchange.orders.open();
  while (left.length > 0) {
    const query = left
      .slice(0, 20)
      .map(({ uuid }) => `uuids[]=${uuid}`)
      .join("&");
    assert.equal((await call(exchange, "DELETE /v1/orders/uuids", query)).json.failed.count, 0);
    left = left.slice(20);
  }
  assert.deepEqual(exchange.orders.open(), []);
});
