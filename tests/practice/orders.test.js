import assert from "node:assert/strict";
import { test } from "node:test";
import { INITIAL_ORDERS } from "../../js/practice/documented-orders.ts";
import { Orders } from "../../js/practice/orders.ts";

const REQUIRED = [
  ["uuid", "side", "ord_type", "state", "market", "created_at", "remaining_volume", "executed_volume"],
  ["reserved_fee", "remaining_fee", "paid_fee", "locked", "prevented_volume", "prevented_locked"],
].flat();
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const AMOUNT = /^[0-9]+(\.[0-9]+)?$/;

test("the initial orders have every required field, and all enum values occur", () => {
  const open = new Orders(INITIAL_ORDERS).open();
  assert.equal(open.length, 12);
  for (const order of open) {
    /** @type {Record<string, unknown>} */
    const fields = { ...order };
    for (const name of REQUIRED) assert.equal(typeof fields[name], "string", `${order.uuid} ${name}`);
    for (const name of REQUIRED.slice(6)) assert.match(String(fields[name]), AMOUNT);
    assert.equal(Number.isInteger(order.trades_count), true);
    assert.match(order.uuid, UUID);
    assert.match(order.created_at, /^2025-07-0[34]T\d\d:\d\d:\d\d$/);
  }
  const values = (/** @type {"side" | "ord_type" | "state" | "time_in_force" | "smp_type"} */ name) =>
    new Set(open.map((order) => order[name]).filter((value) => value !== undefined));
  assert.deepEqual(values("side"), new Set(["bid", "ask"]));
  assert.deepEqual(values("ord_type"), new Set(["limit", "price", "market", "best"]));
  assert.deepEqual(values("state"), new Set(["wait", "watch"]));
  assert.deepEqual(values("time_in_force"), new Set(["post_only", "ioc", "fok"]));
  assert.deepEqual(values("smp_type"), new Set(["reduce", "cancel_maker", "cancel_taker"]));
  assert.equal(open.filter((order) => order.identifier !== undefined).length, 3);
});

test("the initial orders are the same every time, newest first", () => {
  const open = new Orders(INITIAL_ORDERS).open();
  assert.deepEqual(open, new Orders(INITIAL_ORDERS).open());
  const times = open.map((order) => order.created_at);
  assert.deepEqual(times, times.toSorted().reverse());
});

test("add fills in what is missing", () => {
  const orders = new Orders([]);
  const order = orders.add({ side: "ask", identifier: "mine" });
  assert.match(order.uuid, UUID);
  assert.deepEqual([order.side, order.ord_type, order.identifier], ["ask", "limit", "mine"]);
  assert.deepEqual([order.volume, order.locked], ["1.0", "1.0"]);
  assert.deepEqual(orders.open(), [order]);
  assert.equal("price" in orders.add({ ord_type: "market", side: "ask", volume: "2" }), false);
});

test("uuid and identifier are used once and never again", () => {
  const orders = new Orders([]);
  const { uuid } = orders.add({ identifier: "mine" });
  orders.cancel(uuid);
  assert.throws(() => orders.add({ uuid: uuid.toUpperCase() }), /uuid/);
  assert.throws(() => orders.add({ identifier: "mine" }), /identifier/);
  assert.deepEqual(orders.open(), []);
});

test("addMany makes thousands of different orders", () => {
  const orders = new Orders([]);
  const added = orders.addMany(5000);
  assert.equal(new Set(added.map((order) => order.uuid)).size, 5000);
  assert.deepEqual(new Set(added.map((order) => order.side)), new Set(["bid", "ask"]));
  assert.deepEqual(orders.open(), added);
  const [bid] = added;
  assert.equal(Number(bid?.locked), Number(bid?.price) + Number(bid?.reserved_fee));
  assert.equal(Number(bid?.reserved_fee), Number(bid?.price) * 0.0025);
});

test("an order is canceled once", () => {
  const orders = new Orders(INITIAL_ORDERS);
  const [first] = orders.open();
  const uuid = first?.uuid ?? "";
  assert.deepEqual([orders.isOpen(uuid), orders.cancelCount(uuid)], [true, 0]);
  assert.equal(orders.cancel(uuid), first);
  assert.equal(orders.cancel(uuid), null);
  assert.deepEqual([orders.isOpen(uuid), orders.cancelCount(uuid)], [false, 1]);
  assert.deepEqual([orders.isOpen("unknown"), orders.cancelCount("unknown")], [false, 0]);
});

test("an order cannot be changed by whoever holds it", () => {
  const order = new Orders([]).add();
  assert.throws(() => {
    order.state = "done";
  }, TypeError);
});
