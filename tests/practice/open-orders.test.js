import assert from "node:assert/strict";
import { test } from "node:test";
import { cancel, EXAMPLE_UUID, listOpen, openExchange, send, verdict } from "./sign.js";

test("lists what is open, newest first, the example at the top", async (t) => {
  const exchange = await openExchange(t);
  const { json } = await listOpen(exchange);
  assert.deepEqual(json, exchange.orders.open());
  assert.equal(json.length, 12);
  assert.equal(json[0]?.uuid, EXAMPLE_UUID);
});

test("what was canceled is gone from the list, what was added is there", async (t) => {
  const exchange = await openExchange(t);
  await cancel(exchange, `uuid=${EXAMPLE_UUID}`);
  const [added] = exchange.orders.addMany(1);
  const { json } = await listOpen(exchange);
  assert.equal(json.length, 12);
  assert.deepEqual(json[0], added);
});

test("by market", async (t) => {
  const exchange = await openExchange(t);
  const { json } = await listOpen(exchange, "market=SGD-ETH");
  assert.equal(json.length, 2);
  assert.deepEqual(new Set(json.map((/** @type {any} */ order) => order.market)), new Set(["SGD-ETH"]));
  assert.deepEqual((await listOpen(exchange, "market=SGD-NONE")).json, []);
});

test("in pages of at most 100", async (t) => {
  const exchange = await openExchange(t, { orders: [] });
  exchange.orders.addMany(250);
  const pages = [];
  for (const page of [1, 2, 3, 4]) pages.push((await listOpen(exchange, `page=${page}`)).json);
  assert.deepEqual(
    pages.map((page) => page.length),
    [100, 100, 50, 0],
  );
  assert.equal(new Set(pages.flat().map((order) => order.uuid)).size, 250);
  const third = await listOpen(exchange, "limit=7&page=3");
  assert.deepEqual(third.json, pages.flat().slice(14, 21));
});

test("invalid_parameter: pages that cannot be, and parameters that are not known", async (t) => {
  const exchange = await openExchange(t);
  const limits = ["limit=0", "limit=101", "limit=-1", "limit=1.5", "limit="];
  for (const query of [...limits, "page=0", "page=x", "state=wait"]) {
    assert.equal(verdict(await listOpen(exchange, query)), "400 invalid_parameter", query);
  }
});

test("needs a token like everything else", async (t) => {
  const exchange = await openExchange(t);
  assert.equal(verdict(await send(exchange, "GET", "/v1/orders/open")), "401 no_authorization_token");
});
