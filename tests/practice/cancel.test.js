import assert from "node:assert/strict";
import { test } from "node:test";
import { cancel, EXAMPLE_UUID, listOpen, openExchange, send, signToken, verdict } from "./sign.js";

const EXAMPLE = [
  '[{"uuid":"cdd92199-2897-4e14-9448-f923320408ad","side":"bid","ord_type":"limit","price":"153559.00",',
  '"state":"wait","market":"SGD-BTC","created_at":"2025-07-04T15:00:00","volume":"1.0",',
  '"remaining_volume":"1.0","executed_volume":"0","reserved_fee":"383.8975","remaining_fee":"383.8975",',
  '"paid_fee":"0","locked":"153942.8975","prevented_volume":"0","prevented_locked":"0","trades_count":0}]',
].join("");

test("a cancel answers an array of the order as it was, and the order is gone", async (t) => {
  const exchange = await openExchange(t);
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 0);
  const reply = await cancel(exchange, `uuid=${EXAMPLE_UUID}`);
  assert.equal(reply.status, 200);
  assert.equal(reply.headers["content-type"], "application/json; charset=utf-8");
  assert.equal(reply.text, EXAMPLE);
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), false);
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});

test("every initial order can be canceled, scheduled ones too", async (t) => {
  const exchange = await openExchange(t);
  for (const order of exchange.orders.open()) {
    const reply = await cancel(exchange, `uuid=${order.uuid}`);
    assert.deepEqual(reply.json, [order]);
  }
  assert.deepEqual(exchange.orders.open(), []);
});

test("order_not_found: unknown, or canceled before", async (t) => {
  const exchange = await openExchange(t);
  assert.equal((await cancel(exchange, `uuid=${EXAMPLE_UUID}`)).status, 200);
  for (const query of [
    `uuid=${EXAMPLE_UUID}`,
    "uuid=00000000-0000-4000-8000-000000000000",
    "uuid=__proto__",
    "identifier=__proto__",
    "identifier=no-such-order",
  ]) {
    assert.equal(verdict(await cancel(exchange, query)), "404 order_not_found", query);
  }
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});

test("by identifier; the second time it is gone", async (t) => {
  const exchange = await openExchange(t);
  const reply = await cancel(exchange, "identifier=practice-ask-1");
  assert.equal(reply.json[0].identifier, "practice-ask-1");
  assert.equal(exchange.orders.cancelCount(reply.json[0].uuid), 1);
  assert.equal(verdict(await cancel(exchange, "identifier=practice-ask-1")), "404 order_not_found");
});

test("with both, uuid decides", async (t) => {
  const exchange = await openExchange(t);
  const other = exchange.orders.add({ identifier: "other" });
  const unknown = "uuid=00000000-0000-4000-8000-000000000000";
  assert.equal(verdict(await cancel(exchange, `identifier=other&${unknown}`)), "404 order_not_found");
  const reply = await cancel(exchange, `identifier=other&uuid=${EXAMPLE_UUID}`);
  assert.equal(reply.json[0].uuid, EXAMPLE_UUID);
  assert.equal(exchange.orders.isOpen(other.uuid), true);
});

test("the case of a uuid does not matter", async (t) => {
  const exchange = await openExchange(t);
  assert.equal((await cancel(exchange, `uuid=${EXAMPLE_UUID.toUpperCase()}`)).status, 200);
});

test("validation_error: neither uuid nor identifier, or empty ones", async (t) => {
  const exchange = await openExchange(t);
  for (const query of ["", "uuid=", "identifier=&uuid=", "uuid", "UUID=x", "id=x"]) {
    assert.equal(verdict(await cancel(exchange, query)), "400 validation_error", query);
  }
});

test("QUERY_PARAMETER_NOT_SUPPORTED: a body, announced or chunked, short or long", async (t) => {
  const exchange = await openExchange(t);
  const query = `uuid=${EXAMPLE_UUID}`;
  const body = JSON.stringify({ uuid: EXAMPLE_UUID });
  for (const [sent, framing] of /** @type {[string, Record<string, string>][]} */ ([
    [body, { "Content-Length": `${body.length}` }],
    [body, { "Transfer-Encoding": "chunked" }],
    ["x".repeat(64 * 1024), { "Content-Length": "65536" }],
  ])) {
    const token = await signToken({ key: exchange.keys.trader, query });
    const headers = { Authorization: `Bearer ${token}`, ...framing };
    const reply = await send(exchange, "DELETE", `/v1/order?${query}`, headers, sent);
    assert.equal(verdict(reply), "400 QUERY_PARAMETER_NOT_SUPPORTED");
  }
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
});

test("a Content-Length of 0 is no body", async (t) => {
  const exchange = await openExchange(t);
  const query = `uuid=${EXAMPLE_UUID}`;
  const token = await signToken({ key: exchange.keys.trader, query });
  const headers = { Authorization: `Bearer ${token}`, "Content-Length": "0" };
  assert.equal((await send(exchange, "DELETE", `/v1/order?${query}`, headers)).status, 200);
});

test("not_found: other paths and methods, preflights too, and no CORS header anywhere", async (t) => {
  const exchange = await openExchange(t);
  const origin = { Origin: "https://example.com", "Access-Control-Request-Method": "DELETE" };
  for (const [method, path] of /** @type {[string, string][]} */ ([
    ["OPTIONS", "/v1/order"],
    ["POST", "/v1/order"],
    ["POST", "/v1/orders/open"],
    ["GET", "/v1/orders"],
    ["DELETE", "/v1/orders/closed"],
    ["DELETE", "/v1/order/"],
    ["DELETE", "//v1/order"],
    ["DELETE", "/V1/ORDER"],
    ["DELETE", "/"],
    ["DELETE", "/__proto__"],
    ["OPTIONS", "*"],
  ])) {
    const reply = await send(exchange, method, path, origin);
    assert.equal(verdict(reply), "404 not_found", `${method} ${path}`);
    assert.deepEqual(
      Object.keys(reply.headers).filter((name) => name.startsWith("access-control")),
      [],
    );
  }
  const listed = await listOpen(exchange);
  assert.deepEqual(
    Object.keys(listed.headers).filter((name) => name.startsWith("access-control")),
    [],
  );
});
