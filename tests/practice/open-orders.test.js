import assert from "node:assert/strict";
import { test } from "node:test";
import { cancel, EXAMPLE_UUID, listOpen, openExchange, send, verdict } from "./sign.js";

test("lists what is open, newest first, the example at the top", async (t) => {
  const exchange = await openExchange(t);
  const { json } = await listOpen(exchange);
  const waiting = exchange.orders.open().filter(({ state }) => state === "wait");
  assert.deepEqual(json, waiting);
  assert.equal(json.length, 10);
  assert.equal(json[0]?.uuid, EXAMPLE_UUID);
});

test("what was canceled is gone from the list, what was added is there", async (t) => {
  const exchange = await openExchange(t);
  await cancel(exchange, `uuid=${EXAMPLE_UUID}`);
  const [added] = exchange.orders.addMany(1);
  const { json } = await listOpen(exchange);
  assert.equal(json.length, 10);
  assert.deepEqual(json[0], added);
});

test("by market", async (t) => {
  const exchange = await openExchange(t);
  const { json } = await listOpen(exchange, "market=SGD-ETH");
  assert.equal(json.length, 2);
  assert.deepEqual(new Set(json.map((/** @type {any} */ order) => order.market)), new Set(["SGD-ETH"]));
  assert.deepEqual((await listOpen(exchange, "market=SGD-NONE")).json, []);
});

test("by state: wait alone, watch if asked for, both", async (t) => {
  const exchange = await openExchange(t);
  for (const [query, waiting, watching] of /** @type {[string, number, number][]} */ ([
    ["", 10, 0],
    ["state=wait", 10, 0],
    ["state=watch", 0, 2],
    ["states[]=watch", 0, 2],
    ["states[]=wait&states[]=watch", 10, 2],
    ["states%5B%5D=watch&states%5B%5D=wait", 10, 2],
  ])) {
    const { json } = await listOpen(exchange, query);
    const states = json.map((/** @type {any} */ { state }) => state);
    assert.equal(states.filter((/** @type {string} */ state) => state === "wait").length, waiting, query);
    assert.equal(states.filter((/** @type {string} */ state) => state === "watch").length, watching, query);
  }
});

test("the oldest first, if that is asked for", async (t) => {
  const exchange = await openExchange(t);
  const { json } = await listOpen(exchange, "order_by=asc");
  assert.deepEqual(json.toReversed(), (await listOpen(exchange, "order_by=desc")).json);
  assert.equal(json.at(-1).uuid, EXAMPLE_UUID);
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
  const states = ["state=done", "state=", "states[]=cancel", "state=wait&states[]=watch", "state[]=wait"];
  for (const query of [...limits, "page=0", "page=x", "side=bid", "order_by=newest", ...states]) {
    assert.equal(verdict(await listOpen(exchange, query)), "400 invalid_parameter", query);
  }
});

test("needs a token like everything else", async (t) => {
  const exchange = await openExchange(t);
  assert.equal(verdict(await send(exchange, "GET", "/v1/orders/open")), "401 no_authorization_token");
});
