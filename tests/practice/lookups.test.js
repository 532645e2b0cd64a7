import assert from "node:assert/strict";
import { test } from "node:test";
import { call, cancel, EXAMPLE_UUID, openExchange, verdict } from "./sign.js";

const NOWHERE = "00000000-0000-4000-8000-000000000000";

/** @param {import("./sign.js").Exchange} exchange @param {string} query */
const getOrder = (exchange, query) => call(exchange, "GET /v1/order", query);

/** @param {import("./sign.js").Exchange} exchange @param {string} query */
const listByIds = (exchange, query) => call(exchange, "GET /v1/orders/uuids", query);

/** @param {any[]} orders */
const uuids = (orders) => orders.map(({ uuid }) => uuid);

test("one order in each state, with its trades", async (t) => {
  const exchange = await openExchange(t);
  const example = exchange.orders.find(EXAMPLE_UUID);
  assert.deepEqual((await getOrder(exchange, `uuid=${EXAMPLE_UUID}`)).json, { ...example, trades: [] });

  await cancel(exchange, `uuid=${EXAMPLE_UUID}`);
  const canceled = await getOrder(exchange, `uuid=${EXAMPLE_UUID.toUpperCase()}`);
  assert.deepEqual(canceled.json, { ...example, state: "cancel", trades: [] });

  const { uuid } = exchange.orders.add({ identifier: "mine", price: "400.00", volume: "2" });
  exchange.orders.fill(uuid);
  const { json } = await getOrder(exchange, "identifier=mine");
  assert.deepEqual([json.state, json.executed_volume, json.remaining_volume], ["done", "2", "0"]);
  assert.equal(json.trades.length, 1);
  const { uuid: tradeUuid, ...trade } = json.trades[0];
  assert.deepEqual(trade, {
    market: json.market,
    price: "400.00",
    volume: "2",
    funds: "800",
    trend: "up",
    created_at: json.created_at,
    side: "bid",
  });
  assert.match(tradeUuid, /^[0-9a-f-]{36}$/);
});

test("an order that was partly filled at the start has the trades that it tells of", async (t) => {
  const exchange = await openExchange(t);
  const { json } = await getOrder(exchange, "identifier=practice-ask-1");
  const volumes = json.trades.map((/** @type {any} */ { volume }) => volume);
  assert.deepEqual([json.executed_volume, json.trades_count, volumes], ["1.2", 2, ["0.6", "0.6"]]);
});

test("uuid decides; order_not_found; invalid_parameter without either", async (t) => {
  const exchange = await openExchange(t);
  const both = await getOrder(exchange, `identifier=practice-ask-1&uuid=${EXAMPLE_UUID}`);
  assert.equal(both.json.uuid, EXAMPLE_UUID);
  for (const query of [`uuid=${NOWHERE}`, `identifier=practice-ask-1&uuid=${NOWHERE}`, "identifier=x"]) {
    assert.equal(verdict(await getOrder(exchange, query)), "404 order_not_found", query);
  }
  for (const query of ["", "uuid=", "identifier=", `uuids[]=${EXAMPLE_UUID}`]) {
    assert.equal(verdict(await getOrder(exchange, query)), "400 invalid_parameter", query);
  }
});

test("by id: every state, newest first, without trades; unknown ids are left out", async (t) => {
  const exchange = await openExchange(t, { orders: [] });
  const [oldest, middle, newest] = uuids(exchange.orders.addMany(3));
  exchange.orders.fill(String(middle));
  exchange.orders.cancel(String(newest));
  const query = [middle, NOWHERE, oldest, newest, middle?.toUpperCase()]
    .map((uuid) => `uuids[]=${uuid}`)
    .join("&");
  const { json } = await listByIds(exchange, query);
  assert.deepEqual(uuids(json), [newest, middle, oldest]);
  assert.deepEqual(
    json.map((/** @type {any} */ { state }) => state),
    ["cancel", "done", "wait"],
  );
  assert.equal("trades" in json[0], false);
  assert.deepEqual(uuids((await listByIds(exchange, `${query}&order_by=asc`)).json), [
    oldest,
    middle,
    newest,
  ]);
  const market = exchange.orders.find(String(middle))?.market;
  assert.deepEqual(uuids((await listByIds(exchange, `market=${market}&${query}`)).json), [middle]);
});

test("by identifiers, of up to 100 orders", async (t) => {
  const exchange = await openExchange(t, { limits: false });
  const query = "identifiers%5B%5D=practice-ask-1&identifiers%5B%5D=nobody";
  assert.deepEqual(uuids((await listByIds(exchange, query)).json), ["43685861-3d4b-4ec3-9913-21edd73bc256"]);
  const many = exchange.orders.addMany(101).map(({ uuid }) => `uuids[]=${uuid}`);
  assert.equal((await listByIds(exchange, many.slice(1).join("&"))).json.length, 100);
  for (const wrong of [
    many.join("&"),
    "",
    "uuids[]=",
    `uuids[]=${EXAMPLE_UUID}&identifiers[]=x`,
    `uuids[]=${EXAMPLE_UUID}&order_by=newest`,
    `uuids[]=${EXAMPLE_UUID}&page=1`,
  ]) {
    assert.equal(verdict(await listByIds(exchange, wrong)), "400 invalid_parameter", wrong);
  }
});
