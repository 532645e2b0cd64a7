// What a later lookup says about an order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Entry, entryOfLookup } from "../../www/outcomes.ts";
import type { Order } from "../../www/upbit-cancel-order.js";

const before = { outcome: "unknown" } as Entry;
const zero = { ord_type: "price", executed_volume: "0", trades_count: 0 };

for (const [order, outcome] of [
  [{ state: "wait" }, "still_open"],
  [{ state: "done" }, "filled"],
  [{ state: "cancel", ord_type: "limit", executed_volume: "0.5", trades_count: 1 }, "canceled"],
  [{ ...zero, state: "cancel" }, "canceled"],
  [{ ...zero, state: "cancel", trades: [] }, "canceled"],
  [{ ...zero, state: "cancel", trades_count: 1 }, "filled"],
  [{ ...zero, state: "cancel", executed_volume: "0.5" }, "filled"],
  [{ ...zero, state: "cancel", trades: [{ uuid: "t" }] }, "filled"],
] as const) {
  test(`${JSON.stringify(order)} is ${outcome}`, () => {
    assert.equal(entryOfLookup(before, order as unknown as Order).outcome, outcome);
  });
}
