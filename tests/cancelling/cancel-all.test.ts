// cancelAllOrders: list, cancel by id, list again, until nothing is left.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CancelFilter, Order, OrderSummary, Progress } from "upbit-cancel-order";
import { cancelAllOrders, trader, UpbitClient } from "../package/installed.js";
import { openExchange } from "../practice/sign.js";
import {
  answer,
  arrived,
  assertMatchesExchange,
  countOf,
  fault,
  rejection,
  tally,
} from "./result-summary.ts";

const LIST = "GET /v1/orders/open";
const BY_IDS = "DELETE /v1/orders/uuids";
const SINGLE = "DELETE /v1/order";

const everything = { everything: true } as const;

test("everything that is open is canceled, `watch` too, and an empty list proves it", async (t) => {
  const exchange = await openExchange(t);
  const open = exchange.orders.open();
  const progress: Progress<OrderSummary>[] = [];
  const { results, remaining, error } = await cancelAllOrders(everything, {
    ...trader(exchange),
    onProgress: (one) => progress.push(one),
  });
  assert.deepEqual([remaining, error], [[], null]);
  assert.deepEqual(tally(results), { canceled: 12 });
  assert.deepEqual(
    results.map(({ request }) => request.uuid),
    open.map(({ uuid }) => uuid),
  );
  // What was asked for is the order as it was listed.
  assert.deepEqual(
    results.map(({ request }) => (request as Order).state),
    open.map(({ state }) => state),
  );
  assert.deepEqual(arrived(exchange), [LIST, `${BY_IDS} 12`, LIST]);
  assert.deepEqual(progress.map(({ done, total, canceled }) => [done, total, canceled]).at(-1), [12, 12, 12]);
  assert.equal(progress.length, 12);
});

test("where nothing is open, one list is the proof", async (t) => {
  const exchange = await openExchange(t, { orders: [] });
  const result = await cancelAllOrders(everything, trader(exchange));
  assert.deepEqual(result, { results: [], remaining: [], error: null });
  assert.deepEqual(arrived(exchange), [LIST]);
});

/** [filter, the markets and states of what it cancels, the query of each list] */
const FILTERS: [
  CancelFilter,
  (order: { market: string; state: string; side: string }) => boolean,
  string[],
][] = [
  [
    { markets: ["SGD-BTC", "SGD-ETH"] },
    ({ market }) => ["SGD-BTC", "SGD-ETH"].includes(market),
    ["SGD-BTC", "SGD-ETH"],
  ],
  [{ markets: ["SGD-BTC", "SGD-BTC"] }, ({ market }) => market === "SGD-BTC", ["SGD-BTC"]],
  [{ side: "ask" }, ({ side }) => side === "ask", [""]],
  [
    { markets: ["SGD-ETH", "SGD-BTC"], side: "bid" },
    ({ market, side }) => ["SGD-ETH", "SGD-BTC"].includes(market) && side === "bid",
    ["SGD-ETH", "SGD-BTC"],
  ],
  [{ everything: true, states: ["watch"] }, ({ state }) => state === "watch", [""]],
  [{ side: "bid", states: ["wait"] }, ({ state, side }) => state === "wait" && side === "bid", [""]],
];

for (const [filter, isMeant, markets] of FILTERS) {
  test(`${JSON.stringify(filter)} cancels that and nothing else`, async (t) => {
    const exchange = await openExchange(t);
    const open = exchange.orders.open();
    const { results, remaining } = await cancelAllOrders(filter, trader(exchange));
    assert.deepEqual(remaining, []);
    assert.deepEqual(
      results.map(({ request }) => request.uuid).sort(),
      open
        .filter(isMeant)
        .map(({ uuid }) => uuid)
        .sort(),
    );
    assert.deepEqual(tally(results), { canceled: open.filter(isMeant).length });
    assert.deepEqual(
      exchange.orders.open(),
      open.filter((order) => !isMeant(order)),
    );
    const lists = exchange.requests.filter(({ method }) => method === "GET");
    const asked = lists.map(({ query }) => new URLSearchParams(query).get("market") ?? "");
    assert.deepEqual(asked, [...markets, ...markets]);
  });
}

describe("keys", () => {
  test("a key that cannot list orders: rejects, nothing is canceled, the hint names cancelOpen", async (t) => {
    const exchange = await openExchange(t);
    const call = { ...exchange.keys.canceler, baseUrl: exchange.url };
    const error = await rejection(cancelAllOrders(everything, call));
    assert.equal(fault(error), "rejected, not_canceled, out_of_scope");
    assert.match(error.hint ?? "", /cancelOpen/);
    assert.match(error.hint ?? "", /View Orders/);
    assert.deepEqual(arrived(exchange), [LIST]);
    assert.equal(exchange.orders.open().length, 12);
  });

  test("a key that cannot cancel: each order has this error, and remains", async (t) => {
    const exchange = await openExchange(t, { orders: 100 });
    const call = { ...exchange.keys.viewer, baseUrl: exchange.url };
    const { results, remaining, error } = await cancelAllOrders(everything, call);
    assert.equal(error, null);
    assert.equal(remaining?.length, 112);
    assert.deepEqual(tally(results), { "rejected, not_canceled, out_of_scope": 112 });
    assert.equal(countOf(exchange, SINGLE), 0);
    assert.equal(countOf(exchange, BY_IDS) <= 6, true);
  });

  test("an expired key: rejects after one request", async (t) => {
    const exchange = await openExchange(t);
    const call = { ...exchange.keys.expired, baseUrl: exchange.url };
    assert.equal(
      fault(await rejection(cancelAllOrders(everything, call))),
      "rejected, not_canceled, expired_access_key",
    );
    assert.equal(exchange.counts.total, 1);
  });
});

/** A page on which one order is not, because it has moved to a page that was read before; another is there twice. */
const shifted = (page: object[], missing: number) =>
  page.map((order, index) => (index === missing ? page.at(-1) : order));

describe("lists of several pages", { concurrency: true }, () => {
  test("all pages are read and canceled", async (t) => {
    const exchange = await openExchange(t, { orders: 238 });
    const { results, remaining } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual([tally(results), remaining], [{ canceled: 250 }, []]);
    const pages = exchange.requests.filter(({ method }) => method === "GET").map(({ query }) => query);
    assert.equal(pages.length, 4);
    assert.equal(countOf(exchange, BY_IDS), 13);
  });

  test("an order that is missed while pages move is found by the next list", async (t) => {
    const exchange = await openExchange(t, { orders: 238 });
    exchange.faults.next({ endpoint: LIST });
    exchange.faults.next({ endpoint: LIST, transform: (page: object[]) => shifted(page, 0) });
    const { results, remaining } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual([tally(results), remaining], [{ canceled: 250 }, []]);
    assert.equal(new Set(results.map(({ request }) => request.uuid)).size, 250);
  });

  test("an order that is on two pages is one", async (t) => {
    const exchange = await openExchange(t, { orders: 138 });
    let last: object | undefined;
    const keep = (page: object[]) => {
      last = page.at(-1);
      return page;
    };
    exchange.faults.next({ endpoint: LIST, transform: keep });
    exchange.faults.next({ endpoint: LIST, transform: (page: object[]) => [last, ...page] });
    const { results, remaining } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual([tally(results), remaining], [{ canceled: 150 }, []]);
  });

  /** 150 orders that the filter does not name, and one that it does. */
  const openBids = async (t: import("node:test").TestContext) => {
    const exchange = await openExchange(t, { orders: [] });
    for (let i = 0; i < 150; i += 1) exchange.orders.add();
    exchange.orders.add({ side: "ask" });
    return exchange;
  };

  test("one that holds none of the filter's orders is trusted if two in a row are equal", async (t) => {
    const exchange = await openBids(t);
    const { results, remaining, error } = await cancelAllOrders({ side: "ask" }, trader(exchange));
    assert.deepEqual([tally(results), remaining, error], [{ canceled: 1 }, [], null]);
    // Two pages before, and twice two after.
    assert.equal(countOf(exchange, LIST), 6);
  });

  test("one that changes once is read again", async (t) => {
    const exchange = await openBids(t);
    exchange.faults.next({ endpoint: LIST }, 3);
    exchange.faults.next({ endpoint: LIST, transform: (page: object[]) => page.slice(1) });
    const { remaining, error } = await cancelAllOrders({ side: "ask" }, trader(exchange));
    assert.deepEqual([remaining, error], [[], null]);
    assert.equal(countOf(exchange, LIST), 8);
  });

  test("one that keeps changing is not trusted", async (t) => {
    const exchange = await openBids(t);
    exchange.faults.next({ endpoint: LIST }, 2);
    let read = 0;
    exchange.faults.always({ endpoint: LIST, transform: (page: object[]) => shifted(page, read++) });
    const { results, remaining, error } = await cancelAllOrders({ side: "ask" }, trader(exchange));
    assert.deepEqual(tally(results), { canceled: 1 });
    assert.deepEqual([remaining, error?.kind], [null, "unconfirmed"]);
    assert.ok(countOf(exchange, LIST) <= 20, `${countOf(exchange, LIST)} lists`);
  });

  test("a list whose pages repeat themselves ends", async (t) => {
    const exchange = await openExchange(t, { orders: 138 });
    let first: object[] | undefined;
    exchange.faults.always({
      endpoint: LIST,
      transform: (page: object[]) => {
        first ??= page;
        return first;
      },
    });
    const { remaining } = await cancelAllOrders(everything, trader(exchange));
    assert.equal(remaining?.length ?? 0, 100);
  });
});

describe("later lists", { concurrency: true }, () => {
  for (const [name, spoilt, kind] of [
    ["fails", { status: 500 }, "server"],
    ["is lost", { drop: "before" }, "network"],
    ["is refused", answer(401, "out_of_scope"), "rejected"],
    ["is no list", { transform: () => ({}) }, "bad_response"],
    ["is blocked", { blocked: true, retryAfter: "5" }, "rate_limited"],
  ] as const) {
    test(`a second list that ${name}: the results so far, and the error`, async (t) => {
      const exchange = await openExchange(t);
      exchange.faults.next({ endpoint: LIST });
      exchange.faults.always({ endpoint: LIST, ...spoilt });
      const call = { ...trader(exchange), maxRetries: 1 };
      const { results, remaining, error } = await cancelAllOrders(everything, call);
      assert.deepEqual([tally(results), remaining], [{ canceled: 12 }, null]);
      assert.deepEqual([error?.kind, error?.name], [kind, "UpbitError"]);
    });
  }

  test("a second list that fails once is retried", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ endpoint: LIST });
    exchange.faults.next({ endpoint: LIST, status: 502 });
    const { remaining, error } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual([remaining, error], [[], null]);
    assert.equal(countOf(exchange, LIST), 3);
  });

  test("a first list that fails rejects, and nothing is canceled", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.always({ endpoint: LIST, status: 503 });
    const call = { ...trader(exchange), maxRetries: 1 };
    assert.match(fault(await rejection(cancelAllOrders(everything, call))), /^server, not_canceled/);
    assert.deepEqual(arrived(exchange), [LIST, LIST]);
  });

  test("the list of a second market that fails at first rejects, and nothing is canceled", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ endpoint: LIST });
    exchange.faults.next({ endpoint: LIST, ...answer(400, "invalid_parameter") });
    const error = await rejection(cancelAllOrders({ markets: ["SGD-BTC", "SGD-X"] }, trader(exchange)));
    assert.equal(fault(error), "rejected, not_canceled, invalid_parameter");
    assert.equal(exchange.orders.open().length, 12);
  });

  test("a cancellation that takes effect after the next list is sent once and reported as canceled", async (t) => {
    const exchange = await openExchange(t, { orders: [] });
    exchange.orders.add({}, { effectAfterMs: 250 });
    const { results, remaining, error } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual([tally(results), remaining, error], [{ canceled: 1 }, [], null]);
    assert.deepEqual(arrived(exchange), [LIST, `${BY_IDS} 1`, LIST, LIST]);
  });

  test("one that takes effect after the last list was accepted anyway, and remains", async (t) => {
    const exchange = await openExchange(t, { orders: [] });
    const { uuid } = exchange.orders.add({}, { effectAfterMs: 60_000 });
    const { results, remaining, error } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual([tally(results), error], [{ canceled: 1 }, null]);
    assert.deepEqual(
      remaining?.map((order) => order.uuid),
      [uuid],
    );
    assert.equal(countOf(exchange, LIST), 4);
    const lists = exchange.requests.filter(({ path }) => path === "/v1/orders/open").map(({ at }) => at);
    const waits = lists.slice(1).map((at, index) => at - (lists[index] ?? 0));
    for (const [index, least] of [100, 300, 1000].entries()) {
      assert.ok((waits[index] ?? 0) >= least - 5, `${waits}`);
    }
  });

  test("an old list is not believed: the next one is read, and nothing is reported as failed", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ endpoint: LIST });
    exchange.faults.next({ endpoint: LIST, stale: true });
    const { results, remaining } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual([tally(results), remaining], [{ canceled: 12 }, []]);
    assert.equal(countOf(exchange, LIST), 3);
  });

  test("an order that was accepted is never reported as failed, though it stays in old lists and is sent again", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ endpoint: LIST });
    exchange.faults.always({ endpoint: LIST, stale: true });
    const { results, remaining } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual([tally(results), remaining?.length], [{ canceled: 12 }, 12]);
    assert.equal(countOf(exchange, BY_IDS), 2);
  });

  test("an order that is refused is tried in three rounds, has one result, and remains", async (t) => {
    const exchange = await openExchange(t, { orders: [{}] });
    exchange.orders.add({}, { refused: { status: 403, name: "market_offline" } });
    const { results, remaining, error } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual(tally(results), { canceled: 1, "rejected, not_canceled, market_offline": 1 });
    assert.deepEqual([remaining?.length, error], [1, null]);
    assert.equal(countOf(exchange, LIST), 4);
    assert.equal(countOf(exchange, SINGLE), 3);
  });

  test("what is placed meanwhile is canceled too", async (t) => {
    const exchange = await openExchange(t);
    let added = false;
    const onProgress = () => {
      if (!added) exchange.orders.add({ market: "SGD-NEW" });
      added = true;
    };
    const { results, remaining } = await cancelAllOrders(everything, { ...trader(exchange), onProgress });
    assert.deepEqual([tally(results), remaining], [{ canceled: 13 }, []]);
  });

  test("an order that fills meanwhile is reported as not found, and does not remain", async (t) => {
    const exchange = await openExchange(t);
    const first = exchange.orders.open()[0]?.uuid ?? "";
    exchange.faults.next({
      endpoint: LIST,
      transform: (page: unknown) => {
        exchange.orders.fill(first);
        return page;
      },
    });
    const { results, remaining } = await cancelAllOrders(everything, trader(exchange));
    assert.deepEqual(tally(results), { canceled: 11, "rejected, not_canceled, order_not_found": 1 });
    assert.deepEqual(remaining, []);
  });

  test("a chunk whose answer is lost: no order is reported as not canceled", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ endpoint: BY_IDS, drop: "after" });
    const { results, remaining } = await cancelAllOrders(everything, trader(exchange));
    assertMatchesExchange(exchange, results);
    assert.deepEqual([tally(results), remaining], [{ "rejected, unknown, order_not_found": 12 }, []]);
  });
});

describe("interrupts", { concurrency: true }, () => {
  test("an abort before: rejects, and nothing is sent", async (t) => {
    const exchange = await openExchange(t);
    const call = { ...trader(exchange), signal: AbortSignal.abort() };
    assert.equal(fault(await rejection(cancelAllOrders(everything, call))), "aborted, not_canceled");
    assert.equal(exchange.counts.total, 0);
  });

  test("an abort in the middle: resolves with the results so far", async (t) => {
    const exchange = await openExchange(t, { orders: 788 });
    exchange.faults.always({ latencyMs: 50 });
    const controller = new AbortController();
    const { results, remaining, error } = await cancelAllOrders(everything, {
      ...trader(exchange),
      signal: controller.signal,
      onProgress: ({ done }) => done === 40 && controller.abort(),
    });
    assertMatchesExchange(exchange, results);
    assert.deepEqual([results.length, remaining, error?.kind], [800, null, "aborted"]);
    assert.equal((tally(results)["aborted, not_canceled"] ?? 0) > 0, true);
  });

  test("an abort between two lists: resolves at once", async (t) => {
    const exchange = await openExchange(t, { orders: [] });
    exchange.orders.add({}, { effectAfterMs: 60_000 });
    const controller = new AbortController();
    const onProgress = () => setTimeout(() => controller.abort(), 20);
    const { results, remaining, error } = await cancelAllOrders(everything, {
      ...trader(exchange),
      signal: controller.signal,
      onProgress,
    });
    assert.deepEqual([tally(results), remaining, error?.kind], [{ canceled: 1 }, null, "aborted"]);
    assert.equal(countOf(exchange, LIST), 1);
  });

  test("close() in the middle: resolves, what was not sent is reported as such", async (t) => {
    const exchange = await openExchange(t, { orders: 788 });
    exchange.faults.always({ latencyMs: 50 });
    const client = new UpbitClient(trader(exchange));
    const onProgress = ({ done }: { done: number }) => done === 40 && client.close();
    const { results, remaining, error } = await client.cancelAllOrders(everything, { onProgress });
    assertMatchesExchange(exchange, results);
    assert.deepEqual([results.length, remaining, error?.kind], [800, null, "invalid_request"]);
    assert.equal((tally(results).canceled ?? 0) >= 40, true);
  });

  test("a block in the middle: resolves, and nothing more is sent", async (t) => {
    const exchange = await openExchange(t, { orders: 788 });
    exchange.faults.next({ endpoint: BY_IDS });
    exchange.faults.next({ endpoint: BY_IDS, blocked: true, retryAfter: "30" }, 100);
    const { results, remaining, error } = await cancelAllOrders(everything, trader(exchange));
    assertMatchesExchange(exchange, results);
    assert.deepEqual([results.length, remaining, error?.kind], [800, null, "rate_limited"]);
    assert.equal((error?.retryAfterMs ?? 0) > 20_000, true);
    assert.equal(countOf(exchange, LIST), 9);
  });
});
