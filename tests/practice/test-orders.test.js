import assert from "node:assert/strict";
import { test } from "node:test";
import { TEST_ORDERS } from "../../js/practice/documented-orders.ts";
import { call, cancel, listOpen, openExchange, verdict } from "./sign.js";

const LOST = "7e570001-0000-4000-8000-000000000001";
const LIMITED = "7e570002-0000-4000-8000-000000000002";
const FILLED = "7e570003-0000-4000-8000-000000000003";
const SLOW = "7e570004-0000-4000-8000-000000000004";
const REFUSED = "7e570005-0000-4000-8000-000000000005";

/** @param {import("./sign.js").Exchange} exchange @param {string} uuid */
const look = async (exchange, uuid) => (await call(exchange, "GET /v1/order", `uuid=${uuid}`)).json;

test("five orders, with a uuid and an identifier that stay", () => {
  assert.deepEqual(
    TEST_ORDERS.map(({ uuid, identifier }) => [uuid, identifier]),
    [
      [LOST, "practice-lost-answer"],
      [LIMITED, "practice-429-once"],
      [FILLED, "practice-filled-first"],
      [SLOW, "practice-ends-after-3s"],
      [REFUSED, "practice-refused"],
    ],
  );
});

test("they are open, but in no list, and canceling what is open leaves them alone", async (t) => {
  const exchange = await openExchange(t);
  const listed = (await listOpen(exchange, "states[]=wait&states[]=watch")).json;
  await call(exchange, "DELETE /v1/orders/open", "count=300");
  for (const { uuid, identifier } of TEST_ORDERS) {
    assert.equal(
      listed.some((/** @type {any} */ order) => order.uuid === uuid),
      false,
    );
    const order = await look(exchange, uuid);
    assert.deepEqual([order.state, order.identifier], ["wait", identifier]);
  }
  const looked = await call(
    exchange,
    "GET /v1/orders/uuids",
    TEST_ORDERS.map(({ uuid }) => `uuids[]=${uuid}`).join("&"),
  );
  assert.equal(looked.json.length, 5);
});

for (const query of [`uuid=${LOST}`, "identifier=practice-lost-answer"]) {
  test(`the first answer is lost, after the effect: ${query}`, async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.clear();
    await assert.rejects(cancel(exchange, query), { code: "ECONNRESET" });
    assert.equal(exchange.orders.cancelCount(LOST), 1);
    assert.equal(verdict(await cancel(exchange, query)), "404 order_not_found");
  });
}

test("429 once, nothing canceled by it", async (t) => {
  const exchange = await openExchange(t);
  assert.equal(verdict(await cancel(exchange, `uuid=${LIMITED}`)), "429 too_many_requests");
  assert.equal((await look(exchange, LIMITED)).state, "wait");
  assert.equal((await cancel(exchange, `uuid=${LIMITED}`)).status, 200);
});

test("filled first: accepted, and ended as done", async (t) => {
  const exchange = await openExchange(t);
  assert.equal((await cancel(exchange, "identifier=practice-filled-first")).json[0].state, "wait");
  const { state, trades, executed_volume } = await look(exchange, FILLED);
  assert.deepEqual([state, trades.length, executed_volume], ["done", 1, "1"]);
});

test("ended 3 s after it was accepted", async (t) => {
  const clock = { ms: 0 };
  const exchange = await openExchange(t, { now: () => clock.ms });
  assert.equal((await cancel(exchange, `uuid=${SLOW}`)).status, 200);
  clock.ms = 2999;
  assert.equal((await look(exchange, SLOW)).state, "wait");
  clock.ms = 3000;
  assert.equal((await look(exchange, SLOW)).state, "cancel");
});

test("refused whenever it is tried; a test's own fault comes first", async (t) => {
  const exchange = await openExchange(t);
  assert.equal(verdict(await cancel(exchange, `uuid=${REFUSED}`)), "403 market_offline");
  exchange.faults.next({ status: 500 }, 2);
  assert.equal((await cancel(exchange, `uuid=${REFUSED}`)).status, 500);
  assert.equal((await cancel(exchange, `uuid=${LIMITED}`)).status, 500);
  assert.equal(verdict(await cancel(exchange, `uuid=${REFUSED}`)), "403 market_offline");
});

test("in one batch each behaves as by itself", async (t) => {
  const exchange = await openExchange(t);
  const batch = () =>
    call(
      exchange,
      "DELETE /v1/orders/uuids",
      [FILLED, SLOW, REFUSED].map((uuid) => `uuids[]=${uuid}`).join("&"),
    );
  const { success, failed } = (await batch()).json;
  assert.deepEqual([success.count, failed.count, failed.orders[0].uuid], [2, 1, REFUSED]);
  const states = [];
  for (const uuid of [FILLED, SLOW, REFUSED]) states.push((await look(exchange, uuid)).state);
  assert.deepEqual(states, ["done", "wait", "wait"]);
});

test("the first batch that names the lost one, or the limited one, is lost or limited as a whole", async (t) => {
  const exchange = await openExchange(t);
  const { uuid } = exchange.orders.add();
  const batch = (/** @type {string} */ other) =>
    call(exchange, "DELETE /v1/orders/uuids", `uuids[]=${uuid}&uuids[]=${other}`);
  assert.equal((await batch(LIMITED)).status, 429);
  assert.equal(exchange.orders.isOpen(uuid), true);
  await assert.rejects(batch(LOST), { code: "ECONNRESET" });
  assert.equal(exchange.orders.isOpen(uuid), false);
});
