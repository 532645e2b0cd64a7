// A 200 counts only if it is about the order that was asked for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelOrder, cancelOrders, trader } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";

const OTHER_UUID = "11111111-2222-3333-4444-555555555555";

/** What an exchange may make of an order that it canceled. */
type Change = (order: Record<string, unknown>) => Record<string, unknown>;

/** An exchange that answers with other orders than it canceled. */
async function openLiar(t: import("node:test").TestContext, change: Change) {
  const exchange = await openExchange(t);
  exchange.orders.add({ uuid: EXAMPLE_UUID.replace("c", "d"), identifier: "mine" });
  exchange.faults.always({ transform: (orders: Record<string, unknown>[]) => orders.map(change) });
  return exchange;
}

const badResponse = { kind: "bad_response", outcome: "unknown", status: 200, attempts: 1 };

/** [what is asked for, what is answered] */
const OTHERS: Record<string, [{ uuid?: string; identifier?: string }, Change]> = {
  "another uuid": [{ uuid: EXAMPLE_UUID }, (order) => ({ ...order, uuid: OTHER_UUID })],
  "another uuid, where both were given": [
    { uuid: EXAMPLE_UUID, identifier: "mine" },
    (order) => ({ ...order, uuid: OTHER_UUID }),
  ],
  "another identifier": [{ identifier: "mine" }, (order) => ({ ...order, identifier: "yours" })],
  "an identifier in other case": [{ identifier: "mine" }, (order) => ({ ...order, identifier: "Mine" })],
};

for (const [name, [order, change]] of Object.entries(OTHERS)) {
  test(`an answer that names ${name} is no success`, async (t) => {
    const exchange = await openLiar(t, change);
    await assert.rejects(cancelOrder(order, trader(exchange)), badResponse);
    assert.equal(exchange.counts.total, 1);
  });
}

test("in a batch, too, each answer has to be about its own entry", async (t) => {
  const exchange = await openExchange(t);
  const [first, second] = exchange.orders.addMany(2);
  exchange.faults.always({
    transform: (orders: object[]) => orders.map((order) => ({ ...order, uuid: second?.uuid })),
  });
  const results = await cancelOrders(
    [{ uuid: first?.uuid ?? "" }, { uuid: second?.uuid ?? "" }],
    trader(exchange),
  );
  assert.deepEqual(
    results.map((result) => [result.ok, errorOf(result)?.kind, errorOf(result)?.outcome]),
    [
      [false, "bad_response", "unknown"],
      [true, undefined, undefined],
    ],
  );
});

/** Answers that name the order in another way than the request. */
const SAME: Record<string, [{ uuid?: string; identifier?: string }, Change]> = {
  "the uuid in capitals": [
    { uuid: EXAMPLE_UUID },
    (order) => ({ ...order, uuid: EXAMPLE_UUID.toUpperCase() }),
  ],
  "the uuid of a request in capitals": [{ uuid: EXAMPLE_UUID.toUpperCase() }, (order) => order],
  "no identifier": [{ identifier: "mine" }, ({ identifier: _, ...order }) => order],
  "an identifier that was not asked for": [
    { uuid: EXAMPLE_UUID },
    (order) => ({ ...order, identifier: "x" }),
  ],
};

for (const [name, [order, change]] of Object.entries(SAME)) {
  test(`an answer that names ${name} is a success`, async (t) => {
    const exchange = await openLiar(t, change);
    assert.equal((await cancelOrder(order, trader(exchange))).length, 1);
  });
}
