import assert from "node:assert/strict";
import { test } from "node:test";
import { Orders } from "../../js/practice/orders.ts";

/** Orders on a clock that stands still until the test moves it. */
function withClock() {
  const clock = { ms: 0 };
  return { clock, orders: new Orders([], () => clock.ms) };
}

/** @param {import("../../js/practice/order.ts").Order | null} order @param {string[]} names */
const fieldsOf = (order, ...names) => names.map((name) => /** @type {any} */ (order)[name]);

const AMOUNTS = [
  "executed_volume",
  "remaining_volume",
  "paid_fee",
  "remaining_fee",
  "locked",
  "trades_count",
];

test("a cancellation at once: the order has ended, and keeps what remained of it", () => {
  const { orders } = withClock();
  const order = orders.add();
  assert.equal(orders.cancel(order.uuid), order);
  assert.deepEqual(orders.find(order.uuid), { ...order, state: "cancel" });
  assert.deepEqual([orders.open(), orders.trades(order.uuid)], [[], []]);
});

test("a cancellation that takes its time: open until then, and a second one does not prolong it", () => {
  const { clock, orders } = withClock();
  const order = orders.add();
  assert.equal(orders.cancel(order.uuid, { effectAfterMs: 3000 }), order);
  clock.ms = 2000;
  assert.equal(orders.cancel(order.uuid, { effectAfterMs: 3000 }), order);
  clock.ms = 2999;
  assert.deepEqual([orders.isOpen(order.uuid), orders.cancelCount(order.uuid)], [true, 0]);
  clock.ms = 3000;
  assert.deepEqual([orders.isOpen(order.uuid), orders.cancelCount(order.uuid)], [false, 1]);
  assert.equal(orders.cancel(order.uuid), null);
});

test("an order that fills before the cancellation takes effect ends as done", () => {
  const { clock, orders } = withClock();
  const { uuid } = orders.add();
  orders.cancel(uuid, { effectAfterMs: 100, fills: "all" });
  assert.equal(orders.find(uuid)?.state, "wait");
  clock.ms = 100;
  assert.deepEqual(fieldsOf(orders.find(uuid), "state", ...AMOUNTS), ["done", "1", "0", "10", "0", "0", 1]);
  assert.equal(orders.cancelCount(uuid), 0);
});

test("an order that fills in part before the cancellation takes effect ends as cancel", () => {
  const { orders } = withClock();
  const { uuid } = orders.add({ price: "4000.00", reserved_fee: "10", remaining_fee: "10", locked: "4010" });
  orders.cancel(uuid, { fills: "part" });
  const fields = fieldsOf(orders.find(uuid), "state", ...AMOUNTS);
  assert.deepEqual(fields, ["cancel", "0.5", "0.5", "5", "5", "2005", 1]);
  assert.deepEqual([orders.cancelCount(uuid), orders.trades(uuid)[0]?.funds], [1, "2000"]);
});

test("an order that fills while a cancellation is in flight is not canceled", () => {
  const { clock, orders } = withClock();
  const { uuid } = orders.add();
  orders.cancel(uuid, { effectAfterMs: 10, fills: "part" });
  orders.fill(uuid);
  clock.ms = 10;
  assert.deepEqual(fieldsOf(orders.find(uuid), "state", "trades_count"), ["done", 1]);
  assert.equal(orders.cancelCount(uuid), 0);
});

test("fill: half and half of the rest, then all; what has ended fills no more", () => {
  const { orders } = withClock();
  const { uuid } = orders.add({ side: "ask", price: "1.5", volume: "3", locked: "3" });
  orders.fill(uuid, "part");
  const half = orders.fill(uuid, "part");
  assert.deepEqual(fieldsOf(half, "state", ...AMOUNTS), [
    "wait",
    "2.25",
    "0.75",
    "0.0084375",
    "0",
    "0.75",
    2,
  ]);
  assert.deepEqual(fieldsOf(orders.fill(uuid), "state", "locked", "trades_count"), ["done", "0", 3]);
  const funds = orders.trades(uuid).map((trade) => trade.funds);
  assert.deepEqual(funds, ["2.25", "1.125", "1.125"]);
  assert.throws(() => orders.fill(uuid), /No open order/);
});

test("an order that is filled locks nothing more, whatever it had locked", () => {
  const { orders } = withClock();
  const { uuid } = orders.add({ remaining_fee: "1000000", locked: "1000000" });
  assert.deepEqual(fieldsOf(orders.fill(uuid), "remaining_fee", "locked"), ["0", "0"]);
});

test("a market buy that is filled ends as cancel, with its trades", () => {
  const { orders } = withClock();
  const { uuid } = orders.add({ ord_type: "price", price: "500", reserved_fee: "1.25", locked: "501.25" });
  const order = orders.fill(uuid);
  assert.deepEqual(fieldsOf(order, "state", "executed_volume", "volume"), ["cancel", "1", undefined]);
  assert.deepEqual([orders.trades(uuid)[0]?.funds, orders.cancelCount(uuid)], ["500", 0]);
  const market = orders.add({ ord_type: "market", side: "ask", volume: "2" });
  assert.deepEqual(fieldsOf(orders.fill(market.uuid), "state", "remaining_volume"), ["done", "0"]);
});

test("earlier trades make what an order has executed", () => {
  const { orders } = withClock();
  const { uuid } = orders.add({ volume: "4", executed_volume: "1", remaining_volume: "3", trades_count: 3 });
  const volumes = () => orders.trades(uuid).map(({ volume }) => volume);
  assert.deepEqual(volumes(), ["0.5", "0.25", "0.25"]);
  orders.fill(uuid);
  assert.deepEqual(volumes(), ["0.5", "0.25", "0.25", "3"]);
});

test("before: the order as it was, until it changes again", () => {
  const { orders } = withClock();
  const order = orders.add();
  assert.equal(orders.before(order.uuid), order);
  const traded = orders.fill(order.uuid, "part");
  assert.equal(orders.before(order.uuid), order);
  orders.cancel(order.uuid);
  assert.equal(orders.before(order.uuid), traded);
  assert.equal(orders.before("unknown"), null);
});

test("an order that has ended can be added, and one that no list shows", () => {
  const { orders } = withClock();
  const ended = orders.add({ state: "done" });
  const hidden = orders.add({}, { listed: false });
  assert.deepEqual([orders.open(), orders.listed()], [[], [ended]]);
  assert.deepEqual([orders.isOpen(hidden.uuid), orders.isOpen(ended.uuid)], [true, false]);
});
