// A key that is refused ends a batch: every further request would be refused too, and counts towards a block.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CancelResult } from "upbit-cancel-order";
import { cancelOrders, trader } from "../package/installed.js";
import { openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";

type Exchange = Awaited<ReturnType<typeof openExchange>>;

const CODES = [
  "invalid_access_key",
  "jwt_verification",
  "expired_access_key",
  "no_authorization_ip",
  "no_authorization_i_p",
  "no_authorization_token",
  "out_of_scope",
];

const refusal = (name: string) => ({ status: 401, body: { error: { name, message: "Refused." } } });

/** So many orders that the budget of a second does not suffice for them. */
const COUNT = 40;

const open = (exchange: Exchange) => exchange.orders.addMany(COUNT).map(({ uuid }) => ({ uuid }));

const tally = (results: CancelResult[]) => ({
  canceled: results.filter(({ ok }) => ok).length,
  refused: results.filter((result) => errorOf(result)?.attempts === 1).length,
  unsent: results.filter((result) => errorOf(result)?.attempts === 0).length,
});

/** Nothing was sent after the first refusals, and the unsent entries are told the same as the sent ones. */
function assertEnded(exchange: Exchange, results: CancelResult[], code: string) {
  const { canceled, refused, unsent } = tally(results);
  assert.ok(unsent >= COUNT - 30, `${unsent} of ${COUNT} unsent`);
  assert.equal(canceled + refused + unsent, COUNT);
  assert.equal(exchange.counts.total, canceled + refused);
  const failed = results.flatMap((result) => errorOf(result) ?? []);
  for (const error of failed) {
    assert.deepEqual([error.kind, error.outcome, error.code], ["rejected", "not_canceled", code]);
    assert.equal(error.hint, failed[0]?.hint);
  }
}

test("a wrong secret is noticed by the first answers", async (t) => {
  const exchange = await openExchange(t);
  const options = { ...trader(exchange), secretKey: "wrong" };
  assertEnded(exchange, await cancelOrders(open(exchange), options), "jwt_verification");
});

for (const code of CODES) {
  test(`${code} ends a batch`, async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.always(refusal(code));
    assertEnded(exchange, await cancelOrders(open(exchange), trader(exchange)), code);
  });
}

test("another refusal ends no batch", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always(refusal("market_offline"));
  const results = await cancelOrders(open(exchange), trader(exchange));
  assert.deepEqual(tally(results), { canceled: 0, refused: COUNT, unsent: 0 });
});

test("two refusals in a row of a key that has worked end no batch", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({}, 3);
  exchange.faults.next(refusal("jwt_verification"), 2);
  exchange.faults.next({}, 1);
  exchange.faults.next(refusal("jwt_verification"), 2);
  const results = await cancelOrders(open(exchange), trader(exchange));
  assert.deepEqual(tally(results), { canceled: COUNT - 4, refused: 4, unsent: 0 });
});

test("three refusals in a row of a key that has worked end a batch", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({}, 3);
  exchange.faults.always(refusal("jwt_verification"));
  const results = await cancelOrders(open(exchange), trader(exchange));
  assert.equal(tally(results).canceled, 3);
  assertEnded(exchange, results, "jwt_verification");
});

test("an order that is not found shows that the key works", async (t) => {
  const exchange = await openExchange(t);
  const orders = open(exchange);
  exchange.faults.next({
    status: 404,
    body: { error: { name: "order_not_found", message: "No such order." } },
  });
  exchange.faults.next(refusal("jwt_verification"), 2);
  const results = await cancelOrders(orders, trader(exchange));
  assert.equal(tally(results).canceled, COUNT - 3);
});

test("a key that is part of an error's name does not hide what the error means", async (t) => {
  const exchange = await openExchange(t);
  const results = await cancelOrders(open(exchange), { ...trader(exchange), accessKey: "key" });
  assert.ok(exchange.counts.total <= 30, `${exchange.counts.total} sent`);
  assert.ok(
    results.map(errorOf).every((error) => error?.kind === "rejected" && error.outcome === "not_canceled"),
  );
});
