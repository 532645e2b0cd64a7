// What a consumer of the installed package sees when a cancellation succeeds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { cancelOrder, previewRequest, trader, UpbitClient } from "./installed.js";

const example = JSON.parse(
  readFileSync(new URL("../vectors/order-cancel-200.json", import.meta.url), "utf8"),
);

test("the documented order is canceled and comes back field for field", async (t) => {
  const exchange = await openExchange(t);
  assert.deepEqual(await cancelOrder({ uuid: EXAMPLE_UUID }, trader(exchange)), example);
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});

test("the request is a DELETE with the query and a fresh token, and nothing else", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  for (const order of exchange.orders.addMany(2)) await client.cancelOrder({ uuid: order.uuid });
  const [first, second] = exchange.requests;
  assert.equal(first?.method, "DELETE");
  assert.match(first?.url ?? "", /^\/v1\/order\?uuid=[0-9a-f-]{36}$/);
  assert.deepEqual(first?.token?.header, { alg: "HS512", typ: "JWT" });
  assert.deepEqual(Object.keys(first?.token?.claims ?? {}), [
    "access_key",
    "nonce",
    "query_hash",
    "query_hash_alg",
  ]);
  assert.notEqual(first?.token?.claims.nonce, second?.token?.claims.nonce);
  const { headers } = first ?? assert.fail();
  assert.equal(headers.accept, "application/json");
  for (const absent of [
    "cookie",
    "referer",
    "content-length",
    "content-type",
    "transfer-encoding",
    "origin",
  ]) {
    assert.equal(headers[absent], undefined, absent);
  }
});

test("HS256 on request", async (t) => {
  const exchange = await openExchange(t);
  await cancelOrder({ uuid: EXAMPLE_UUID }, { ...trader(exchange), algorithm: "HS256" });
  assert.equal(exchange.requests[0]?.token?.header.alg, "HS256");
});

test("identifiers arrive whole, whatever is in them", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  const identifiers = [
    "a-b_c.1~",
    " a  b ",
    "a+b&c=d%e#f?g/h\\i",
    "%20%2B%",
    "\"double\" 'single' `back`",
    "!*'();:@,$[]<>{}|^",
    "내 주문 #1",
    "🛑👩‍👩‍👧‍👦",
    "\0\t\r\n\u{1f}\u{7f}",
    "\u{2028}\u{feff}é e\u{301}",
    "uuid=cdd92199-2897-4e14-9448-f923320408ad&identifier=x",
    "x".repeat(4000),
  ];
  for (const identifier of identifiers) {
    const { uuid } = exchange.orders.add({ identifier });
    const [order] = await client.cancelOrder({ identifier });
    assert.equal(order?.uuid, uuid);
    assert.equal(exchange.requests.at(-1)?.identifier, identifier);
    assert.match(exchange.requests.at(-1)?.query ?? "", /^identifier=[A-Za-z0-9\-._~%]+$/);
  }
});

test("keys sign right, whatever is in them", async (t) => {
  const odd = [
    'a"b\\c',
    "\0\n\u{1f}\u{7f}",
    "키🔑é",
    "a b+c/d==",
    '{"alg":"none"}',
    "\u{2028}\u{fffd}",
    "k".repeat(500),
  ];
  const names = odd.map((_, index) => `odd${index}`);
  const pairs = odd.map((text) => ({ accessKey: `access${text}`, secretKey: text }));
  const keys = Object.fromEntries(names.map((name, index) => [name, pairs[index] ?? assert.fail()]));
  const exchange = await openExchange(t, { keys });
  for (const pair of pairs) {
    const { uuid } = exchange.orders.add();
    const [order] = await cancelOrder({ uuid }, { ...pair, baseUrl: exchange.url });
    assert.equal(order?.uuid, uuid);
  }
});

test("with both, only the uuid is sent", async (t) => {
  const exchange = await openExchange(t);
  await cancelOrder({ uuid: EXAMPLE_UUID, identifier: "other" }, trader(exchange));
  assert.equal(exchange.requests[0]?.query, `uuid=${EXAMPLE_UUID}`);
});

test("one object is accepted for an array of one", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ shape: "object" });
  assert.deepEqual(await cancelOrder({ uuid: EXAMPLE_UUID }, trader(exchange)), example);
});

test("whatever else is in an order passes through", async (t) => {
  const exchange = await openExchange(t);
  const changes = {
    state: "a new state",
    side: "both",
    time_in_force: null,
    price: "1234567890123456789012345678901234567890.0000000000000000000000000000000000000001",
    new_field: { nested: [1, true, null, "주문"] },
    constructor: "an own field",
  };
  exchange.faults.next({ transform: ([order]) => [{ ...order, ...changes }] });
  const [order] = await cancelOrder({ uuid: EXAMPLE_UUID }, trader(exchange));
  assert.deepEqual(order, { ...example[0], ...changes });
});

test("a field called __proto__ is a field", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({
    transform: () => JSON.parse(`[{"uuid":"${EXAMPLE_UUID}","__proto__":{"polluted":true}}]`),
  });
  const [order] = await cancelOrder({ uuid: EXAMPLE_UUID }, trader(exchange));
  assert.deepEqual(Object.keys(order ?? {}), ["uuid", "__proto__"]);
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

test("a path prefix of the base URL is kept", async (t) => {
  const exchange = await openExchange(t);
  const baseUrl = `${exchange.url}/relay/sg/`;
  await assert.rejects(cancelOrder({ uuid: EXAMPLE_UUID }, { ...exchange.keys.trader, baseUrl }));
  assert.equal(exchange.requests[0]?.path, "/relay/sg/v1/order");
});

test("a preview tells the request and sends nothing", async (t) => {
  const exchange = await openExchange(t);
  const preview = await previewRequest({ identifier: "a b" }, trader(exchange));
  assert.equal(preview.method, "DELETE");
  assert.equal(preview.url, `${exchange.url}/v1/order?identifier=a%20b`);
  assert.equal(preview.claims.access_key, exchange.keys.trader.accessKey);
  assert.equal(JSON.stringify(preview).includes(exchange.keys.trader.secretKey), false);
  assert.equal(exchange.counts.total, 0);
});

test("each region has its host", async () => {
  /** @type {[import("upbit-cancel-order").Region, string][]} */
  const hosts = [
    ["sg", "sg-api.upbit.com"],
    ["id", "id-api.upbit.com"],
    ["th", "th-api.upbit.com"],
    ["kr", "api.upbit.com"],
  ];
  for (const [region, host] of hosts) {
    const { url } = await previewRequest({ uuid: EXAMPLE_UUID }, { accessKey: "a", secretKey: "s", region });
    assert.equal(url, `https://${host}/v1/order?uuid=${EXAMPLE_UUID}`);
  }
});

test("arguments are read when the call is made", async (t) => {
  const exchange = await openExchange(t);
  const order = { uuid: EXAMPLE_UUID };
  const options = trader(exchange);
  const canceled = cancelOrder(order, options);
  order.uuid = "changed";
  options.secretKey = "changed";
  assert.deepEqual(await canceled, example);
});
