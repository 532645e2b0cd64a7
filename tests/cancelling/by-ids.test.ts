// cancelByIds: what goes in one request, and what its two lists mean for each order.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OrderRef, OrderSummary, Progress, RequestPreview } from "upbit-cancel-order";
import type { Fault } from "../../js/practice/faults.ts";
import { cancelByIds, cancelOrders, previewRequest, trader, UpbitClient } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { errorOf, orderOf } from "../result-parts.ts";
import { arrived, assertRequests, countOf, refs, summaryOf, tally } from "./result-summary.ts";

const UNKNOWN_UUID = "11111111-2222-3333-4444-555555555555";
const BY_IDS = "DELETE /v1/orders/uuids";

test("20 orders go in one request, and each entry has its result", async (t) => {
  const exchange = await openExchange(t);
  const entries = refs(exchange.orders.addMany(45));
  const progress: Progress<OrderSummary>[] = [];
  const results = await cancelByIds(entries, {
    ...trader(exchange),
    onProgress: (one) => progress.push(one),
  });
  assertRequests(results, entries);
  assert.deepEqual(tally(results), { canceled: 45 });
  assert.deepEqual(
    results.map((result) => orderOf(result)?.uuid),
    entries.map(({ uuid }) => uuid),
  );
  assert.deepEqual(arrived(exchange), [`${BY_IDS} 20`, `${BY_IDS} 20`, `${BY_IDS} 5`]);
  assert.deepEqual(
    progress.map(({ done, total, canceled, failed }) => [done, total, canceled, failed]),
    entries.map((_, index) => [index + 1, 45, index + 1, 0]),
  );
  assert.deepEqual(new Set(progress.map(({ last }) => last)), new Set(results));
});

test("nothing is sent for no orders", async (t) => {
  const exchange = await openExchange(t);
  assert.deepEqual(await cancelByIds([], trader(exchange)), []);
  assert.equal(exchange.counts.total, 0);
});

test("uuids and identifiers go in separate requests", async (t) => {
  const exchange = await openExchange(t);
  const entries: OrderRef[] = [];
  for (let i = 0; i < 25; i += 1) {
    entries.push({ uuid: exchange.orders.add().uuid });
    entries.push({ identifier: exchange.orders.add({ identifier: `mine-${i}` }).identifier ?? "" });
  }
  const results = await cancelByIds(entries, trader(exchange));
  assertRequests(results, entries);
  assert.deepEqual(tally(results), { canceled: 50 });
  assert.deepEqual(arrived(exchange).sort(), [20, 20, 5, 5].map((count) => `${BY_IDS} ${count}`).sort());
});

test("of an order that is named in both ways only the uuid is sent", async (t) => {
  const exchange = await openExchange(t);
  const results = await cancelByIds([{ uuid: EXAMPLE_UUID, identifier: "other" }], trader(exchange));
  assert.deepEqual(tally(results), { canceled: 1 });
  assert.deepEqual(exchange.requests[0]?.names, [EXAMPLE_UUID]);
});

for (const [name, text, most] of [
  ["long identifiers", "x".repeat(500), 7],
  ["identifiers in Korean", "주문".repeat(40), 5],
  ["identifiers that are all percent-encoded", "&+ %/".repeat(60), 4],
] as const) {
  test(`${name} are as many in a request as fit in 4,000 bytes of query`, async (t) => {
    const exchange = await openExchange(t);
    const entries = Array.from({ length: 21 }, (_, index) => ({ identifier: `${text}${index}` }));
    for (const { identifier } of entries) exchange.orders.add({ identifier });
    assert.deepEqual(tally(await cancelByIds(entries, trader(exchange))), { canceled: 21 });
    const lengths = exchange.requests.map(({ query }) => Buffer.byteLength(query));
    assert.ok(
      lengths.every((length) => length <= 4000),
      `${lengths}`,
    );
    assert.equal(exchange.requests[0]?.names.length, most);
    assert.equal(exchange.counts.total, Math.ceil(21 / most));
  });
}

for (const [length, requests] of [
  [1986, 1],
  [1987, 2],
] as const) {
  test(`two identifiers that make ${length + 2014} bytes of query go in ${requests} of at most 4,000`, async (t) => {
    const exchange = await openExchange(t);
    // "identifiers[]=" and "&identifiers[]=" are 29 bytes.
    const entries = [{ identifier: "x".repeat(1985) }, { identifier: "y".repeat(length) }];
    for (const { identifier } of entries) exchange.orders.add({ identifier });
    assert.deepEqual(tally(await cancelByIds(entries, trader(exchange))), { canceled: 2 });
    assert.equal(exchange.counts.total, requests);
  });
}

const urlOf = ({ url }: RequestPreview) => url;

test("previewRequest returns the requests that would be sent, and sends nothing", async (t) => {
  const exchange = await openExchange(t);
  const entries = [...refs(exchange.orders.addMany(21)), { identifier: "a&b c" }];
  const previews = await previewRequest(entries, trader(exchange));
  const client = new UpbitClient(trader(exchange));
  const ofClient = await client.previewRequest(entries);
  assert.deepEqual(ofClient.map(urlOf), previews.map(urlOf));
  assert.match((await client.previewRequest({ identifier: "a" })).url, /\/v1\/order\?identifier=a$/);
  client.close();
  assert.equal(exchange.counts.total, 0);
  await cancelByIds(entries, trader(exchange));
  const sent = exchange.requests.slice(0, 3);
  assert.deepEqual(
    previews.map(({ method, url }) => [method, url]),
    sent.map(({ method, url }) => [method, exchange.url + url]),
  );
  assert.deepEqual(
    previews.map(({ claims }) => claims.query_hash),
    sent.map(({ token }) => token?.claims.query_hash),
  );
});

for (const unknownIds of ["failed", "left-out"] as const) {
  test(`an order that is ${unknownIds} is sent again in a separate request, and has the same result as with cancelOrders`, async (t) => {
    const exchange = await openExchange(t, { switches: { unknownIds } });
    const entries = [
      { uuid: EXAMPLE_UUID },
      { uuid: UNKNOWN_UUID },
      { uuid: "7e570005-0000-4000-8000-000000000005" },
    ];
    const results = await cancelByIds(entries, trader(exchange));
    assertRequests(results, entries);
    assert.deepEqual(results.map(summaryOf), [
      "canceled",
      "rejected, not_canceled, order_not_found",
      "rejected, not_canceled, market_offline",
    ]);
    assert.deepEqual(arrived(exchange), [`${BY_IDS} 3`, "DELETE /v1/order 1", "DELETE /v1/order 1"]);
    const singles = await cancelOrders(entries.slice(1), trader(exchange));
    const facts = (list: typeof results) =>
      list.map(errorOf).map((error) => [error?.message, error?.hint, error?.status, error?.code]);
    assert.deepEqual(facts(results.slice(1)), facts(singles));
    assert.deepEqual(
      results
        .slice(1)
        .map(errorOf)
        .map((error) => error?.attempts),
      [2, 2],
    );
  });
}

test("an order that only the chunk did not cancel is canceled in a separate request, with all fields", async (t) => {
  const exchange = await openExchange(t);
  const [first, second] = refs(exchange.orders.addMany(2));
  exchange.faults.next({ endpoint: BY_IDS, order: second?.uuid ?? "", notFound: true });
  const results = await cancelByIds([first, second] as OrderRef[], trader(exchange));
  assert.deepEqual(tally(results), { canceled: 2 });
  assert.deepEqual(Object.keys(orderOf(results[0]) ?? {}).sort(), ["market", "uuid"]);
  assert.equal(orderOf(results[1])?.state, "wait");
});

/** Each answer tells too little or too much of an order that the chunk has canceled. */
const UNCLEAR: Record<string, { fault: Fault; entries?: OrderRef[] }> = {
  "in both lists": { fault: { lie: "both-lists" } },
  "in neither list, with counts that are not the lengths": {
    fault: {
      transform: ({ success, failed }) => ({
        success: { count: success.count, orders: success.orders.slice(1) },
        failed,
      }),
    },
  },
  "answered without its identifier": {
    fault: { lie: "no-identifier" },
    entries: [{ identifier: "mine" }, { identifier: "yours" }],
  },
  "in neither list, beside another order": {
    fault: {
      transform: ({ success, failed }) => ({
        success: {
          count: success.count,
          orders: [{ uuid: UNKNOWN_UUID, market: "SGD-BTC" }, ...success.orders.slice(1)],
        },
        failed,
      }),
    },
  },
  "in an answer without `failed`": {
    fault: { transform: ({ success }) => ({ success: { count: 1, orders: success.orders.slice(1) } }) },
  },
};

for (const [name, { fault, entries: named }] of Object.entries(UNCLEAR)) {
  test(`an order ${name} is unknown if it is then refused`, async (t) => {
    const exchange = await openExchange(t);
    exchange.orders.add({ identifier: "mine" });
    exchange.orders.add({ identifier: "yours" });
    const entries = named ?? refs(exchange.orders.addMany(2));
    exchange.faults.next({ ...fault, endpoint: BY_IDS });
    const results = await cancelByIds(entries, trader(exchange));
    assert.equal(summaryOf(results[0] as (typeof results)[0]), "rejected, unknown, order_not_found");
    assert.match(errorOf(results[0])?.hint ?? "", /look/i);
    assert.equal(
      summaryOf(results[1] as (typeof results)[0]),
      named ? "rejected, unknown, order_not_found" : "canceled",
    );
  });
}

test("counts that are not the lengths take nothing from an order that is listed", async (t) => {
  const exchange = await openExchange(t);
  const entries = [...refs(exchange.orders.addMany(2)), { uuid: UNKNOWN_UUID }];
  exchange.faults.next({ endpoint: BY_IDS, lie: "counts" });
  const results = await cancelByIds(entries, trader(exchange));
  assert.deepEqual(results.map(summaryOf), [
    "canceled",
    "canceled",
    // It stands in `failed`.
    "rejected, not_canceled, order_not_found",
  ]);
});

test("counts as text are counts", async (t) => {
  const exchange = await openExchange(t, { switches: { unknownIds: "left-out" } });
  exchange.faults.next({
    endpoint: BY_IDS,
    transform: ({ success, failed }) => ({
      success: { ...success, count: String(success.count) },
      failed: { ...failed, count: String(failed.count) },
    }),
  });
  const results = await cancelByIds([{ uuid: EXAMPLE_UUID }, { uuid: UNKNOWN_UUID }], trader(exchange));
  assert.deepEqual(results.map(summaryOf), ["canceled", "rejected, not_canceled, order_not_found"]);
});

test("an answer about the only order that was asked for need not name its identifier", async (t) => {
  const exchange = await openExchange(t);
  exchange.orders.add({ identifier: "mine" });
  exchange.faults.next({ endpoint: BY_IDS, lie: "no-identifier" });
  assert.deepEqual(tally(await cancelByIds([{ identifier: "mine" }], trader(exchange))), { canceled: 1 });
  assert.equal(exchange.counts.total, 1);
});

test("a wrong entry is reported as such, and the others are sent", async (t) => {
  const exchange = await openExchange(t);
  const entries = [{ uuid: "no uuid" }, { uuid: EXAMPLE_UUID }, {}] as OrderRef[];
  const results = await cancelByIds(entries, trader(exchange));
  assertRequests(results, entries);
  assert.deepEqual(results.map(summaryOf), [
    "invalid_request, not_canceled",
    "canceled",
    "invalid_request, not_canceled",
  ]);
  assert.equal(exchange.counts.total, 1);
});

test("an order that is listed twice is sent once, and both entries get the same result", async (t) => {
  const exchange = await openExchange(t);
  const twice = { uuid: EXAMPLE_UUID };
  const entries = [twice, { uuid: EXAMPLE_UUID.toUpperCase() }, twice, ...refs(exchange.orders.addMany(19))];
  const results = await cancelByIds(entries, trader(exchange));
  assertRequests(results, entries);
  assert.deepEqual(tally(results), { canceled: 22 });
  assert.deepEqual(arrived(exchange), [`${BY_IDS} 20`]);
  assert.equal(orderOf(results[1]), orderOf(results[0]));
});

test("an order that is named by uuid and by identifier is reported as canceled for both", async (t) => {
  for (const reversed of [false, true]) {
    const exchange = await openExchange(t);
    const { uuid } = exchange.orders.add({ identifier: "mine" });
    const names: OrderRef[] = [{ uuid }, { identifier: "mine" }];
    const entries = reversed ? names.reverse() : names;
    const results = await cancelByIds([...entries, { identifier: "unknown" }], trader(exchange));
    assert.deepEqual(results.map(summaryOf), [
      "canceled",
      "canceled",
      "rejected, not_canceled, order_not_found",
    ]);
    assert.deepEqual(
      results.slice(0, 2).map((result) => orderOf(result)?.uuid),
      [uuid, uuid],
    );
  }
});

test("600 orders of one second's budget are canceled by 30 requests, without a 429", async (t) => {
  const exchange = await openExchange(t);
  const results = await cancelByIds(refs(exchange.orders.addMany(600)), trader(exchange));
  assert.deepEqual(tally(results), { canceled: 600 });
  assert.deepEqual(exchange.counts, { total: 30, 200: 30 });
  assert.equal(countOf(exchange, BY_IDS), 30);
});
