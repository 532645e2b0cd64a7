import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { call, EXAMPLE_UUID, openExchange, verdict } from "./sign.js";

const NOWHERE = "00000000-0000-4000-8000-000000000000";
const EXAMPLE = { uuid: EXAMPLE_UUID, market: "SGD-BTC" };
const ASK = { uuid: "43685861-3d4b-4ec3-9913-21edd73bc256", market: "SGD-ETH", identifier: "practice-ask-1" };

/** @param {import("./sign.js").Exchange} exchange @param {string} query */
const cancelByIds = (exchange, query) => call(exchange, "DELETE /v1/orders/uuids", query);

/** @param {string} name @param {string[]} values */
const array = (name, values) => values.map((value) => `${name}[]=${value}`).join("&");

test("by uuids: what was open is in success, what has ended in failed, and nothing says why", async (t) => {
  const exchange = await openExchange(t);
  exchange.orders.cancel(EXAMPLE_UUID);
  const reply = await cancelByIds(exchange, array("uuids", [EXAMPLE_UUID, ASK.uuid]));
  assert.equal(reply.status, 200);
  assert.deepEqual(reply.json, {
    success: { count: 1, orders: [ASK] },
    failed: { count: 1, orders: [EXAMPLE] },
  });
  assert.equal(exchange.orders.cancelCount(ASK.uuid), 1);
  assert.deepEqual(exchange.requests[0]?.names, [EXAMPLE_UUID, ASK.uuid]);
});

test("by identifiers; everything failed is a 200 as well", async (t) => {
  const exchange = await openExchange(t);
  const query = array("identifiers", ["practice-ask-1", encodeURIComponent("연습-주문-1")]);
  const first = await cancelByIds(exchange, query);
  assert.deepEqual([first.json.success.count, first.json.failed], [2, { count: 0, orders: [] }]);
  const again = await cancelByIds(exchange, query);
  assert.deepEqual([again.status, again.json.success.orders], [200, []]);
  assert.deepEqual(again.json.failed, first.json.success);
});

test("orders in state watch, too", async (t) => {
  const exchange = await openExchange(t);
  const { uuid } = exchange.orders.add({ state: "watch" });
  assert.equal((await cancelByIds(exchange, `uuids[]=${uuid}`)).json.success.count, 1);
});

test("an id that is not known is in failed, or by a switch in neither list", async (t) => {
  const exchange = await openExchange(t);
  const query = array("uuids", [NOWHERE, EXAMPLE_UUID.toUpperCase()]);
  const failed = await cancelByIds(exchange, query);
  assert.deepEqual(failed.json.success.orders, [EXAMPLE]);
  assert.deepEqual(failed.json.failed.orders, [{ uuid: NOWHERE, market: "SGD-BTC" }]);
  const [named] = (await cancelByIds(exchange, "identifiers[]=nobody")).json.failed.orders;
  assert.deepEqual([named.identifier, named.market], ["nobody", "SGD-BTC"]);

  exchange.switches.unknownIds = "left-out";
  assert.deepEqual((await cancelByIds(exchange, "identifiers[]=nobody")).json.failed.orders, []);
  const other = await openExchange(t, { switches: { unknownIds: "left-out" } });
  const { json } = await cancelByIds(other, query);
  assert.deepEqual([json.success.count, json.failed.count], [1, 0]);
});

test("an order that is listed twice is canceled and listed once", async (t) => {
  const exchange = await openExchange(t);
  const query = array("uuids", [EXAMPLE_UUID, EXAMPLE_UUID, EXAMPLE_UUID.toUpperCase()]);
  const { json } = await cancelByIds(exchange, query);
  assert.deepEqual([json.success.orders, json.failed.orders], [[EXAMPLE], []]);
  const unknown = await cancelByIds(exchange, array("identifiers", ["nobody", "nobody"]));
  assert.equal(unknown.json.failed.count, 1);
});

test("invalid_parameter: none, both kinds, more than 20, an empty one, another parameter", async (t) => {
  const exchange = await openExchange(t, { limits: false });
  const uuids = exchange.orders.addMany(21).map(({ uuid }) => uuid);
  for (const query of [
    "",
    `${array("uuids", [EXAMPLE_UUID])}&identifiers[]=x`,
    array("uuids", uuids),
    array("identifiers", uuids),
    "uuids[]=",
    `uuids=${EXAMPLE_UUID}`,
    `uuids[]=${EXAMPLE_UUID}&market=SGD-BTC`,
    `uuid=${EXAMPLE_UUID}`,
  ]) {
    assert.equal(verdict(await cancelByIds(exchange, query)), "400 invalid_parameter", query);
  }
  assert.equal(exchange.orders.open().length, 12 + 21);
  assert.equal((await cancelByIds(exchange, array("uuids", uuids.slice(1)))).json.success.count, 20);
});

test("the brackets may be plain or percent-encoded, and the hash is over the decoded text", async (t) => {
  const exchange = await openExchange(t);
  const [one, two] = exchange.orders.addMany(2).map(({ uuid }) => uuid);
  const hashed = `uuids[]=${one}&uuids[]=${two}`;
  const query_hash = createHash("sha512").update(hashed).digest("hex");
  for (const wire of [hashed, hashed.replaceAll("[]", "%5B%5D"), hashed.replaceAll("[]", "%5b]")]) {
    const reply = await call(exchange, "DELETE /v1/orders/uuids", wire, { claims: { query_hash } });
    assert.deepEqual([reply.status, reply.json.success.count + reply.json.failed.count], [200, 2], wire);
  }
  const encoded = createHash("sha512").update(hashed.replaceAll("[]", "%5B%5D")).digest("hex");
  const wrong = await call(exchange, "DELETE /v1/orders/uuids", hashed, { claims: { query_hash: encoded } });
  assert.equal(verdict(wrong), "401 invalid_query_payload");
});
