import assert from "node:assert/strict";
import { test } from "node:test";
import { call, cancel, EXAMPLE_UUID, listOpen, openExchange, verdict } from "./sign.js";

/** @typedef {import("./sign.js").Exchange} Exchange */

const GET_ORDER = "GET /v1/order";
const BY_IDS = "GET /v1/orders/uuids";
const OPEN = "GET /v1/orders/open";
const CANCEL_BY_IDS = "DELETE /v1/orders/uuids";
const ASK_UUID = "43685861-3d4b-4ec3-9913-21edd73bc256";
const QUERY = `uuid=${EXAMPLE_UUID}`;
const TWO = `uuids[]=${EXAMPLE_UUID}&uuids[]=${ASK_UUID}`;

/** An exchange whose clock stands still until the test moves it. @param {import("node:test").TestContext} t */
async function withClock(t) {
  const clock = { ms: 0 };
  return { clock, exchange: await openExchange(t, { now: () => clock.ms, limits: false }) };
}

/** @param {Exchange} exchange @param {string} uuid */
const stateOf = async (exchange, uuid) => (await call(exchange, GET_ORDER, `uuid=${uuid}`)).json.state;

/** @param {any[]} orders */
const uuids = (orders) => orders.map(({ uuid }) => uuid);

test("a fault without an endpoint is for all that cancel, and for nothing else", async (t) => {
  const { exchange } = await withClock(t);
  exchange.faults.always({ status: 500 });
  assert.equal((await call(exchange, GET_ORDER, QUERY)).status, 200);
  assert.equal((await call(exchange, BY_IDS, TWO)).status, 200);
  assert.equal((await listOpen(exchange)).status, 200);
  assert.equal((await cancel(exchange, QUERY)).status, 500);
  assert.equal((await call(exchange, CANCEL_BY_IDS, TWO)).status, 500);
  assert.equal((await call(exchange, "DELETE /v1/orders/open")).status, 500);
});

for (const [endpoint, query] of /** @type {[string, string][]} */ ([
  [GET_ORDER, QUERY],
  [BY_IDS, TWO],
  [OPEN, "market=SGD-BTC"],
  [CANCEL_BY_IDS, TWO],
  ["DELETE /v1/orders/open", "count=2"],
])) {
  test(`each fault of an answer can be for ${endpoint}`, async (t) => {
    const { exchange } = await withClock(t);
    const spoilt = (/** @type {import("../../js/practice/faults.ts").Fault} */ fault) => {
      exchange.faults.next({ endpoint, ...fault });
      return call(exchange, endpoint, query);
    };
    assert.equal((await cancel(exchange, "identifier=nobody")).status, 404);
    assert.equal((await spoilt({ status: 502 })).status, 502);
    assert.equal(verdict(await spoilt({ rateLimited: true })), "429 too_many_requests");
    assert.equal(verdict(await spoilt({ blocked: true })), "418 account_blocked");
    await assert.rejects(spoilt({ drop: "before" }), { code: "ECONNRESET" });
    assert.equal(exchange.orders.open().length, 12);
    assert.equal((await spoilt({ body: "non-json" })).json, undefined);
    await assert.rejects(spoilt({ drop: "after" }), { code: "ECONNRESET" });
    await assert.rejects(spoilt({ body: "truncated" }), { code: "ECONNRESET" });
    const kept = endpoint.startsWith("GET");
    assert.equal(exchange.orders.open().length === 12, kept);
    assert.deepEqual((await spoilt({ transform: () => ["other"] })).json, ["other"]);
  });
}

test("a fault for any endpoint", async (t) => {
  const { exchange } = await withClock(t);
  exchange.faults.always({ endpoint: "any", status: 503 });
  for (const endpoint of [GET_ORDER, OPEN, CANCEL_BY_IDS, "DELETE /v1/order"]) {
    assert.equal((await call(exchange, endpoint, "")).status, 503, endpoint);
  }
  assert.equal((await call(exchange, "GET /nowhere")).status, 404);
});

test("a fault may be for one order of several, by any of its names", async (t) => {
  const { exchange } = await withClock(t);
  exchange.faults.always({ endpoint: "any", order: "practice-ask-1", status: 500 });
  assert.equal((await call(exchange, CANCEL_BY_IDS, `uuids[]=${EXAMPLE_UUID}`)).status, 200);
  assert.equal((await call(exchange, CANCEL_BY_IDS, TWO)).status, 500);
  assert.equal((await call(exchange, GET_ORDER, `uuid=${ASK_UUID.toUpperCase()}`)).status, 500);
  assert.equal((await listOpen(exchange)).status, 200);
});

test("effectAfterMs: accepted as ever, open until its time has come", async (t) => {
  const { clock, exchange } = await withClock(t);
  exchange.faults.next({ effectAfterMs: 500 });
  assert.deepEqual(uuids((await cancel(exchange, QUERY)).json), [EXAMPLE_UUID]);
  assert.equal(await stateOf(exchange, EXAMPLE_UUID), "wait");
  assert.ok(uuids((await listOpen(exchange)).json).includes(EXAMPLE_UUID));
  assert.equal((await cancel(exchange, QUERY)).status, 200);
  clock.ms = 500;
  assert.equal(await stateOf(exchange, EXAMPLE_UUID), "cancel");
  assert.ok(!uuids((await listOpen(exchange)).json).includes(EXAMPLE_UUID));
  assert.equal(verdict(await cancel(exchange, QUERY)), "404 order_not_found");
});

test("fills: the order ends as done, or as cancel with trades, though the answer said accepted", async (t) => {
  const { exchange } = await withClock(t);
  exchange.faults.next({ fills: "all" });
  assert.equal((await cancel(exchange, QUERY)).status, 200);
  assert.equal(await stateOf(exchange, EXAMPLE_UUID), "done");
  exchange.faults.next({ fills: "part" });
  assert.equal((await cancel(exchange, `uuid=${ASK_UUID}`)).status, 200);
  const { json } = await call(exchange, GET_ORDER, `uuid=${ASK_UUID}`);
  assert.deepEqual([json.state, json.executed_volume, json.trades.length], ["cancel", "2.35", 3]);
});

test("in a batch, what a fault does to one order it does not do to the others", async (t) => {
  const { exchange } = await withClock(t);
  exchange.faults.next({ order: ASK_UUID, fills: "all" });
  assert.equal((await call(exchange, CANCEL_BY_IDS, TWO)).json.success.count, 2);
  assert.equal(await stateOf(exchange, EXAMPLE_UUID), "cancel");
  assert.equal(await stateOf(exchange, ASK_UUID), "done");
});

test("refused: an error by itself, failed in a batch; an order may be made so", async (t) => {
  const { exchange } = await withClock(t);
  const refused = { status: 400, name: "bad_request" };
  exchange.faults.next({ refused });
  assert.equal(verdict(await cancel(exchange, QUERY)), "400 bad_request");
  exchange.faults.next({ order: EXAMPLE_UUID, refused });
  const { json } = await call(exchange, CANCEL_BY_IDS, TWO);
  assert.deepEqual([uuids(json.success.orders), uuids(json.failed.orders)], [[ASK_UUID], [EXAMPLE_UUID]]);
  const { uuid } = exchange.orders.add({ market: "SGD-LUNA" }, { refused });
  assert.equal(verdict(await cancel(exchange, `uuid=${uuid}`)), "400 bad_request");
  const open = await call(exchange, "DELETE /v1/orders/open", "pairs=SGD-LUNA,SGD-BTC");
  assert.deepEqual([open.json.success.count, uuids(open.json.failed.orders)], [1, [uuid]]);
});

test("notFound: a lookup does not find the order at first, a list leaves it out", async (t) => {
  const { exchange } = await withClock(t);
  exchange.faults.next({ endpoint: GET_ORDER, notFound: true }, 2);
  const looks = [];
  for (let i = 0; i < 3; i += 1) looks.push((await call(exchange, GET_ORDER, QUERY)).status);
  assert.deepEqual(looks, [404, 404, 200]);
  exchange.faults.next({ endpoint: BY_IDS, order: EXAMPLE_UUID, notFound: true });
  assert.deepEqual(uuids((await call(exchange, BY_IDS, TWO)).json), [ASK_UUID]);
  exchange.faults.next({ endpoint: OPEN, notFound: true });
  assert.deepEqual((await listOpen(exchange)).json, []);
  exchange.faults.next({ notFound: true }, 2);
  assert.equal(verdict(await cancel(exchange, QUERY)), "404 order_not_found");
  exchange.switches.unknownIds = "left-out";
  const { json } = await call(exchange, CANCEL_BY_IDS, TWO);
  assert.deepEqual([json.success.count, json.failed.count], [0, 0]);
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
});

test("stale: a lookup shows an old state once, a list an old page", async (t) => {
  const { exchange } = await withClock(t);
  const page = (await listOpen(exchange)).json;
  await call(exchange, CANCEL_BY_IDS, TWO);
  exchange.faults.next({ endpoint: GET_ORDER, stale: true });
  assert.equal(await stateOf(exchange, EXAMPLE_UUID), "wait");
  assert.equal(await stateOf(exchange, EXAMPLE_UUID), "cancel");
  exchange.faults.next({ endpoint: OPEN, stale: true });
  assert.deepEqual((await listOpen(exchange)).json, page);
  assert.equal((await listOpen(exchange)).json.length, page.length - 2);
  exchange.faults.next({ endpoint: BY_IDS, order: ASK_UUID, stale: true });
  const { json } = await call(exchange, BY_IDS, TWO);
  assert.deepEqual(
    json.map((/** @type {any} */ { state }) => state),
    ["cancel", "wait"],
  );
});

test("stale: an order that was partly filled since shows no trade yet", async (t) => {
  const { exchange } = await withClock(t);
  exchange.orders.fill(EXAMPLE_UUID, "part");
  exchange.faults.next({ endpoint: GET_ORDER, stale: true });
  assert.deepEqual((await call(exchange, GET_ORDER, QUERY)).json.trades, []);
  assert.equal((await call(exchange, GET_ORDER, QUERY)).json.trades.length, 1);
});

/** What a batch answer says of the two orders. @type {[import("../../js/practice/faults.ts").Fault, unknown][]} */
const LIES = [
  [{ lie: "counts" }, [3, [EXAMPLE_UUID, ASK_UUID], 1, []]],
  [{ lie: "both-lists" }, [2, [EXAMPLE_UUID, ASK_UUID], 1, [EXAMPLE_UUID]]],
  [{ lie: "both-lists", order: ASK_UUID }, [2, [EXAMPLE_UUID, ASK_UUID], 1, [ASK_UUID]]],
  [{ lie: "left-out" }, [1, [ASK_UUID], 0, []]],
  [{ lie: "left-out", order: "practice-ask-1" }, [1, [EXAMPLE_UUID], 0, []]],
];

for (const [fault, told] of LIES) {
  test(`${JSON.stringify(fault)}: canceled, whatever the answer says`, async (t) => {
    const { exchange } = await withClock(t);
    exchange.faults.next(fault);
    const { success, failed } = (await call(exchange, CANCEL_BY_IDS, TWO)).json;
    assert.deepEqual([success.count, uuids(success.orders), failed.count, uuids(failed.orders)], told);
    assert.deepEqual(
      [EXAMPLE_UUID, ASK_UUID].map((uuid) => exchange.orders.cancelCount(uuid)),
      [1, 1],
    );
  });
}

test("lie no-identifier: entries lack theirs", async (t) => {
  const { exchange } = await withClock(t);
  exchange.faults.next({ lie: "no-identifier" }, 2);
  const query = "identifiers[]=practice-ask-1";
  const entry = { uuid: ASK_UUID, market: "SGD-ETH" };
  assert.deepEqual((await call(exchange, CANCEL_BY_IDS, query)).json.success.orders, [entry]);
  assert.deepEqual((await call(exchange, CANCEL_BY_IDS, query)).json.failed.orders, [entry]);
});

test("lie no-identifier for one order: the other entry keeps its identifier", async (t) => {
  const { exchange } = await withClock(t);
  exchange.orders.add({ identifier: "mine" });
  exchange.faults.next({ lie: "no-identifier", order: "mine" });
  const query = "identifiers[]=practice-ask-1&identifiers[]=mine";
  const { orders } = (await call(exchange, CANCEL_BY_IDS, query)).json.success;
  assert.deepEqual([orders[0].identifier, orders[1].identifier], ["practice-ask-1", undefined]);
});

test("a lie is for batches only", async (t) => {
  const { exchange } = await withClock(t);
  exchange.faults.next({ lie: "counts" });
  assert.deepEqual(uuids((await cancel(exchange, QUERY)).json), [EXAMPLE_UUID]);
});

test("misspelt endpoints and members are refused", async (t) => {
  const { faults } = (await withClock(t)).exchange;
  for (const wrong of /** @type {any[]} */ ([
    { endpoint: "GET /v1/orders" },
    { endpoint: "delete /v1/order" },
    { fills: "half" },
    { effectAfterMs: -1 },
    { lie: "count" },
    { stale: "yes" },
    { refused: "bad_request" },
    { toString: true },
  ])) {
    assert.throws(() => faults.next(wrong), TypeError, JSON.stringify(wrong));
  }
});
