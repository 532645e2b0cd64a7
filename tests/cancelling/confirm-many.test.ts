// confirmMs for many orders: the same rows for every call that cancels more than one, 100 orders per lookup.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type {
  BatchOptions,
  CancelResult,
  ClientOptions,
  OrderRef,
  OrderSummary,
  Progress,
} from "upbit-cancel-order";
import type { Exchange } from "../../js/practice/exchange.ts";
import { cancelAllOrders, cancelByIds, cancelOrders, trader, UpbitClient } from "../package/installed.js";
import { openExchange } from "../practice/sign.js";
import { errorOf, orderOf } from "../result-parts.ts";
import {
  answer,
  assertMatchesExchange,
  assertRequests,
  countOf,
  refs,
  summaryOf,
  tally,
} from "./result-summary.ts";

const BY_IDS = "DELETE /v1/orders/uuids";
const SINGLE = "DELETE /v1/order";
const LOOKS = "GET /v1/orders/uuids";

type Options = ClientOptions & BatchOptions<OrderSummary>;
type Results = Promise<CancelResult<OrderSummary>[]>;

/** The calls that cancel many, of the same orders. */
const CALLS: Record<string, (orders: OrderRef[], options: Options) => Results> = {
  cancelOrders: (orders, options) => cancelOrders(orders, options as Options & BatchOptions) as Results,
  cancelByIds,
  cancelAllOrders: async (_, options) => (await cancelAllOrders({ everything: true }, options)).results,
};

const MARKET_BUY = { ord_type: "price", side: "bid", price: "500", market: "SGD-SOL" };

const confirmed = (exchange: Exchange, confirmMs = 2000) => ({ ...trader(exchange), confirmMs });

/** A summary of the result, with the state of its order. */
const withState = (result: CancelResult<OrderSummary>) =>
  `${summaryOf(result)}: ${(result.ok ? result.order : result.error.order)?.state ?? "none"}`;

const looksOf = (exchange: Exchange) =>
  exchange.requests.filter(({ method, path }) => `${method} ${path}` === LOOKS);

describe("the rows of the table", { concurrency: true }, () => {
  for (const [name, cancel] of Object.entries(CALLS)) {
    test(`${name}: each order has its final state`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const { orders } = exchange;
      // A list shows the newest first.
      const at = (second: number) => ({ created_at: `2025-07-06T00:00:0${9 - second}` });
      const added = [
        orders.add(at(0)),
        orders.add(at(1), { fills: "all" }),
        orders.add(at(2), { fills: "part" }),
        orders.add(at(3), { effectAfterMs: 400 }),
        orders.add(at(4), { effectAfterMs: 60_000 }),
        orders.add({ ...at(5), ...MARKET_BUY }, { fills: "part" }),
        orders.add(at(6), { refused: { status: 403, name: "market_offline" } }),
      ];
      const progress: Progress<OrderSummary>[] = [];
      const onProgress = (one: Progress<OrderSummary>) => progress.push(one);
      const results = await cancel(refs(added), { ...confirmed(exchange, 900), onProgress });
      assert.deepEqual(
        results.map(({ request }) => request.uuid),
        added.map(({ uuid }) => uuid),
      );
      assert.deepEqual(results.map(withState).slice(0, 4), [
        "canceled: cancel",
        "filled, not_canceled: done",
        "canceled: cancel",
        "canceled: cancel",
      ]);
      assert.match(withState(results[4] as CancelResult<OrderSummary>), /^unconfirmed, unknown.*: wait$/);
      assert.deepEqual(results.map(withState).slice(5), [
        "canceled: cancel",
        "rejected, not_canceled, market_offline: none",
      ]);
      assert.equal(orderOf(results[2])?.executed_volume, "0.5");
      assert.equal(
        exchange.requests.filter(({ path, method }) => method === "GET" && path === "/v1/order").length,
        0,
      );
      assert.equal(progress.at(-1)?.total, 7);
    });

    test(`${name}: a key that cannot look up orders needs one lookup to find out`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const entries = refs(exchange.orders.addMany(45));
      // Of one who may list, too.
      exchange.faults.always({ endpoint: LOOKS, ...answer(401, "out_of_scope") });
      const results = await cancel(entries, confirmed(exchange));
      assert.deepEqual(tally(results), { "unconfirmed, unknown, out_of_scope": 45 });
      for (const result of results) {
        const { request } = result;
        const error = errorOf(result);
        assert.equal(error?.order?.uuid, request.uuid);
        assert.match(error?.hint ?? "", /View Orders/);
        assert.equal(exchange.orders.cancelCount(request.uuid ?? ""), 1);
      }
      assert.equal(looksOf(exchange).length, 1);
    });

    test(`${name}: lost responses are resolved by a lookup`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const entries = refs(exchange.orders.addMany(7));
      const filled = entries[2]?.uuid ?? "";
      exchange.faults.next({ order: filled, drop: "after", fills: "all" });
      exchange.faults.next({ drop: "after" }, 6);
      const results = await cancel(entries, { ...confirmed(exchange), maxRetries: 0 });
      assertMatchesExchange(exchange, results);
      assert.ok(
        results.every((result) => result.ok || result.error.kind === "filled"),
        JSON.stringify(tally(results)),
      );
      assert.deepEqual(
        results.filter(({ ok }) => !ok).map(({ request }) => request.uuid),
        [filled],
      );
    });

    test(`${name}: a cancellation that had no effect is sent again, at most once a second`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const entries = refs(exchange.orders.addMany(3));
      // A request for each order, or one for all.
      exchange.faults.next({ drop: "before" }, name === "cancelOrders" ? 3 : 1);
      const results = await cancel(entries, { ...confirmed(exchange, 4000), maxRetries: 0 });
      assert.deepEqual(results.map(withState), Array(3).fill("canceled: cancel"));
      for (const { uuid } of entries) {
        const sent = exchange.requests.filter(
          ({ method, names }) => method === "DELETE" && names.includes(uuid),
        );
        const times = sent.map(({ at }) => at);
        for (const [index, at] of times.slice(1).entries())
          assert.ok(at - (times[index] ?? 0) >= 990, `${times}`);
      }
    });
  }
});

describe("cancelOrders and cancelByIds", { concurrency: true }, () => {
  for (const name of ["cancelOrders", "cancelByIds"]) {
    const cancel = CALLS[name] as (typeof CALLS)[string];

    test(`${name}: orders that are not found are resolved by lookups`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const [canceled, filled, open, marketBuy] = [{}, {}, {}, MARKET_BUY].map((order) =>
        exchange.orders.add(order),
      );
      exchange.orders.cancel(canceled?.uuid ?? "");
      exchange.orders.fill(filled?.uuid ?? "");
      exchange.orders.fill(marketBuy?.uuid ?? "");
      const entries: OrderRef[] = [
        ...refs([canceled, filled, open, marketBuy].flatMap((order) => order ?? [])),
        { identifier: "unknown" },
      ];
      const results = await cancel(entries, confirmed(exchange, 5000));
      assertRequests(results, entries);
      const notCanceled = "filled, not_canceled, order_not_found";
      assert.deepEqual(results.map(withState), [
        "canceled: cancel",
        `${notCanceled}: done`,
        "canceled: cancel",
        `${notCanceled}: cancel`,
        "rejected, not_canceled, order_not_found: none",
      ]);
      const looks = looksOf(exchange).filter(({ names }) => names.includes("unknown"));
      assert.equal(looks.length, 3);
    });

    test(`${name}: lookups of other orders are ignored`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const entries = refs(exchange.orders.addMany(2));
      exchange.faults.always({
        endpoint: LOOKS,
        transform: (orders: object[]) =>
          orders.map((order, index) => ({ ...order, uuid: `11111111-2222-3333-4444-55555555555${index}` })),
      });
      const results = await cancel(entries, confirmed(exchange, 500));
      assert.equal(
        results.map(errorOf).every((error) => error?.kind === "unconfirmed" && error.outcome === "unknown"),
        true,
      );
    });

    test(`${name}: an order that is named by uuid and by identifier gets the same result for both`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const { uuid } = exchange.orders.add({ identifier: "mine" });
      const entries: OrderRef[] = [{ uuid }, { identifier: "mine" }, { uuid: uuid.toUpperCase() }];
      const results = await cancel(entries, confirmed(exchange));
      assertRequests(results, entries);
      assert.deepEqual(results.map(withState), Array(3).fill("canceled: cancel"));
    });

    test(`${name}: an abort during the lookups is unknown, with the orders as accepted`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const slow = Array.from({ length: 25 }, () => exchange.orders.add({}, { effectAfterMs: 60_000 }));
      const signal = AbortSignal.timeout(700);
      const results = await cancel(refs(slow), { ...confirmed(exchange, 60_000), signal });
      assert.equal(
        results.map(errorOf).every((error) => error?.kind === "aborted" && error.outcome === "unknown"),
        true,
      );
      assert.deepEqual(
        results.map(errorOf).map((error) => error?.order?.uuid),
        slow.map(({ uuid }) => uuid),
      );
    });

    test(`${name}: close() during the lookups is unknown, with the orders as accepted`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const slow = Array.from({ length: 25 }, () => exchange.orders.add({}, { effectAfterMs: 60_000 }));
      const client = new UpbitClient(trader(exchange));
      setTimeout(() => client.close(), 700);
      const results = (await client[name as "cancelByIds"](refs(slow), {
        confirmMs: 60_000,
      })) as Awaited<Results>;
      assert.ok(
        results.map(errorOf).every((error) => error?.outcome === "unknown"),
        JSON.stringify(tally(results)),
      );
      assert.deepEqual(
        results.map(errorOf).map((error) => error?.order?.uuid),
        slow.map(({ uuid }) => uuid),
      );
    });

    test(`${name}: a 418 to a lookup is unknown, with the orders as accepted`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const entries = refs(exchange.orders.addMany(25));
      exchange.faults.next({ endpoint: LOOKS, blocked: true, retryAfter: "30" });
      const results = await cancel(entries, confirmed(exchange, 60_000));
      assert.ok(
        results.map(errorOf).every((error) => error?.outcome === "unknown"),
        JSON.stringify(tally(results)),
      );
      assert.deepEqual(
        results.map(errorOf).map((error) => error?.order?.uuid),
        entries.map(({ uuid }) => uuid),
      );
      assert.equal(looksOf(exchange).length, 1);
    });
  }
});

describe("how many lookups", { concurrency: true }, () => {
  test("300 orders by id are confirmed by at most 10", async (t) => {
    const exchange = await openExchange(t, { orders: [] });
    const entries = refs(exchange.orders.addMany(300));
    const results = await cancelByIds(entries, confirmed(exchange));
    assertRequests(results, entries);
    assert.deepEqual(tally(results), { canceled: 300 });
    assert.equal(
      results.map(orderOf).every((order) => order?.state === "cancel" && order.trades === undefined),
      true,
    );
    const looks = looksOf(exchange);
    assert.ok(looks.length <= 10, `${looks.length} looks`);
    assert.equal(
      looks.every(({ names }) => names.length <= 100),
      true,
    );
    assert.equal(countOf(exchange, BY_IDS), 15);
    assert.equal(exchange.counts[429], undefined);
  });

  test("60 singles are confirmed without a 429, and cancellations go first", async (t) => {
    const exchange = await openExchange(t, { orders: [] });
    const results = await cancelOrders(refs(exchange.orders.addMany(60)), confirmed(exchange, 5000));
    assert.deepEqual(tally(results), { canceled: 60 });
    assert.equal(exchange.counts[429], undefined);
    assert.ok(looksOf(exchange).length <= 10, `${looksOf(exchange).length} looks`);
    assert.equal(countOf(exchange, SINGLE), 60);
  });

  for (const [name, text] of [
    ["long identifiers", "x".repeat(300)],
    ["identifiers in Korean", "주문".repeat(20)],
  ] as const) {
    test(`${name}: at most 8,000 bytes of query in each`, async (t) => {
      const exchange = await openExchange(t, { orders: [] });
      const entries = Array.from({ length: 90 }, (_, index) => ({ identifier: `${text}${index}` }));
      for (const { identifier } of entries) exchange.orders.add({ identifier });
      const results = await cancelByIds(entries, confirmed(exchange, 4000));
      assert.deepEqual(tally(results), { canceled: 90 });
      const lengths = looksOf(exchange).map(({ query }) => query.length);
      assert.ok(
        lengths.every((length) => length <= 8000),
        `${lengths}`,
      );
    });
  }
});

test("cancelAllOrders, confirmed: what was filled is reported as filled, and does not remain", async (t) => {
  const exchange = await openExchange(t, { orders: [] });
  const [first] = [exchange.orders.add({}, { fills: "all" }), ...exchange.orders.addMany(30)];
  const { results, remaining, error } = await cancelAllOrders({ everything: true }, confirmed(exchange));
  assert.deepEqual([remaining, error], [[], null]);
  assert.deepEqual(tally(results), { canceled: 30, "filled, not_canceled": 1 });
  assert.equal(results.find(({ ok }) => !ok)?.request.uuid, first?.uuid);
});
