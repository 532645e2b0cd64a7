// cancelByIds: what becomes of a chunk that is refused, lost, blocked, aborted.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cancelByIds, trader, UpbitClient } from "../package/installed.js";
import { openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";
import {
  answer,
  arrived,
  assertMatchesExchange,
  assertRequests,
  countOf,
  refs,
  tally,
} from "./result-summary.ts";

const BY_IDS = "DELETE /v1/orders/uuids";
const SINGLE = "DELETE /v1/order";

for (const [status, name] of [
  [400, "invalid_parameter"],
  [403, "market_offline"],
  [404, "order_not_found"],
  [422, "something_new"],
] as const) {
  test(`a chunk that is refused as a whole with ${status} is sent one by one`, async (t) => {
    const exchange = await openExchange(t);
    const bad = exchange.orders.add({}, { refused: { status, name } });
    const entries = refs([...exchange.orders.addMany(20), bad, ...exchange.orders.addMany(19)]);
    exchange.faults.next({ endpoint: BY_IDS, order: bad.uuid, ...answer(status, name) });
    const results = await cancelByIds(entries, trader(exchange));
    assertRequests(results, entries);
    assertMatchesExchange(exchange, results);
    assert.deepEqual(tally(results), { canceled: 39, [`rejected, not_canceled, ${name}`]: 1 });
    assert.equal(errorOf(results[20])?.attempts, 2);
    assert.deepEqual([countOf(exchange, BY_IDS), countOf(exchange, SINGLE)], [2, 20]);
  });
}

for (const code of [
  "invalid_access_key",
  "jwt_verification",
  "expired_access_key",
  "no_authorization_ip",
  "no_authorization_i_p",
  "no_authorization_token",
  "out_of_scope",
]) {
  test(`${code} is the error of the whole chunk and of all entries that are not sent`, async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.always({ endpoint: "any", ...answer(401, code) });
    const entries = refs(exchange.orders.addMany(700));
    const results = await cancelByIds(entries, trader(exchange));
    assertRequests(results, entries);
    assert.deepEqual(tally(results), { [`rejected, not_canceled, ${code}`]: 700 });
    assert.equal(countOf(exchange, SINGLE), 0);
    const sent = results.filter((result) => errorOf(result)?.attempts === 1);
    const unsent = results.filter((result) => errorOf(result)?.attempts === 0);
    assert.equal(sent.length, exchange.counts.total * 20);
    assert.equal(sent.length + unsent.length, 700);
    assert.ok(unsent.length >= 100, `${unsent.length} unsent`);
    assert.equal(new Set(results.map(errorOf).map((error) => error?.hint)).size, 1);
  });
}

test("two chunks in a row that are refused to a key that has worked end no batch, three do", async (t) => {
  const exchange = await openExchange(t);
  const refusal = { endpoint: BY_IDS, ...answer(401, "jwt_verification") };
  exchange.faults.next({}, 1);
  exchange.faults.next(refusal, 2);
  const two = await cancelByIds(refs(exchange.orders.addMany(300)), trader(exchange));
  assert.deepEqual(tally(two), { canceled: 260, "rejected, not_canceled, jwt_verification": 40 });
  exchange.faults.next({}, 1);
  exchange.faults.next(refusal, 100);
  const entries = refs(exchange.orders.addMany(800));
  const three = await cancelByIds(entries, { ...trader(exchange), accessKey: trader(exchange).accessKey });
  assert.deepEqual(tally(three), { canceled: 20, "rejected, not_canceled, jwt_verification": 780 });
  assert.equal(
    three.map(errorOf).some((error) => error?.attempts === 0),
    true,
  );
});

test("a chunk whose nonce was used is unknown, and is not sent again", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ endpoint: BY_IDS, ...answer(401, "nonce_used") });
  const results = await cancelByIds(refs(exchange.orders.addMany(40)), trader(exchange));
  assert.deepEqual(tally(results), { canceled: 20, "rejected, unknown, nonce_used": 20 });
  assert.deepEqual(arrived(exchange), [`${BY_IDS} 20`, `${BY_IDS} 20`]);
});

describe("a chunk whose answer is lost", { concurrency: true }, () => {
  test("is retried; what is then failed and not found is unknown", async (t) => {
    const exchange = await openExchange(t);
    const [first, second, third] = refs(exchange.orders.addMany(3));
    exchange.faults.next({ endpoint: BY_IDS, drop: "after" });
    exchange.faults.next({ endpoint: BY_IDS });
    const entries = [first, second, third].map((entry) => entry ?? {});
    const results = await cancelByIds(entries, trader(exchange));
    assert.deepEqual(tally(results), { "rejected, unknown, order_not_found": 3 });
    assert.deepEqual(
      results.map(errorOf).map((error) => error?.attempts),
      [3, 3, 3],
    );
    assert.deepEqual([countOf(exchange, BY_IDS), countOf(exchange, SINGLE)], [2, 3]);
  });

  test("before it took effect is retried and canceled", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ endpoint: BY_IDS, drop: "before" });
    const results = await cancelByIds(refs(exchange.orders.addMany(20)), trader(exchange));
    assert.deepEqual(tally(results), { canceled: 20 });
    assert.equal(exchange.counts.total, 2);
  });

  test("is unknown where nothing may be repeated", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ endpoint: BY_IDS, drop: "after" });
    const entries = refs(exchange.orders.addMany(40));
    const results = await cancelByIds(entries, { ...trader(exchange), maxRetries: 0 });
    assertMatchesExchange(exchange, results);
    assert.deepEqual(tally(results), { canceled: 20, "network, unknown": 20 });
    assert.equal(exchange.counts.total, 2);
  });

  test("stays unknown where a block ends the batch before each order was sent by itself", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ endpoint: BY_IDS, drop: "after" });
    exchange.faults.next({ endpoint: BY_IDS });
    exchange.faults.next({ endpoint: SINGLE, blocked: true }, 20);
    const results = await cancelByIds(refs(exchange.orders.addMany(20)), trader(exchange));
    assert.equal(
      results.map(errorOf).every((error) => error?.kind === "rate_limited" && error.outcome === "unknown"),
      true,
    );
  });

  test("stays unknown where every retry fails in another way", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ endpoint: BY_IDS, drop: "after" });
    exchange.faults.next({ endpoint: BY_IDS, ...answer(401, "jwt_verification") });
    const results = await cancelByIds(refs(exchange.orders.addMany(20)), trader(exchange));
    assert.deepEqual(tally(results), { "rejected, unknown, jwt_verification": 20 });
  });

  for (const [name, fault, kind] of [
    ["503", { status: 503 }, "server, unknown"],
    ["408", { status: 408 }, "server, unknown"],
    ["silence", { hang: "before-headers" }, "timeout, unknown"],
    ["half of a body", { body: "truncated" }, "bad_response, unknown"],
    ["a redirect", { redirect: "https://example.com/" }, "bad_response, unknown"],
    ["a web page", { body: "html" }, "bad_response, unknown"],
    ["no list", { transform: () => ({}) }, "bad_response, unknown"],
    ["an array", { transform: () => [] }, "bad_response, unknown"],
    ["lists of something else", { transform: () => ({ success: 1, failed: null }) }, "bad_response, unknown"],
  ] as const) {
    test(`${name} instead of it: the error has that kind`, async (t) => {
      const exchange = await openExchange(t);
      exchange.faults.always({ endpoint: "any", ...fault });
      const call = { ...trader(exchange), timeoutMs: 300, maxRetries: kind.startsWith("bad") ? 2 : 0 };
      const results = await cancelByIds(refs(exchange.orders.addMany(2)), call);
      const errors = results.map(errorOf).map((error) => `${error?.kind}, ${error?.outcome}`);
      assert.deepEqual(errors, [kind, kind]);
      assert.deepEqual(arrived(exchange), [`${BY_IDS} 2`]);
    });
  }
});

describe("limits and interrupts", { concurrency: true }, () => {
  test("a chunk that meets a 429 is retried, and no order is lost", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ rateLimited: true }, 3);
    const results = await cancelByIds(refs(exchange.orders.addMany(100)), trader(exchange));
    assert.deepEqual(tally(results), { canceled: 100 });
  });

  test("after a 418 nothing more is sent", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({}, 2);
    exchange.faults.next({ blocked: true, retryAfter: "30" }, 100);
    const entries = refs(exchange.orders.addMany(700));
    const results = await cancelByIds(entries, trader(exchange));
    assertRequests(results, entries);
    assertMatchesExchange(exchange, results);
    const failed = results.flatMap((result) => errorOf(result) ?? []);
    assert.equal(failed.length, 660);
    assert.ok(
      failed.every(({ kind, outcome }) => `${kind}, ${outcome}` === "rate_limited, not_canceled"),
      JSON.stringify(tally(results)),
    );
    const unsent = failed.filter(({ attempts }) => attempts === 0);
    assert.ok(unsent.length >= 100, `${unsent.length} unsent`);
    assert.equal(
      unsent.every(({ retryAfterMs }) => retryAfterMs !== null && retryAfterMs > 25_000),
      true,
    );
    assert.equal(countOf(exchange, SINGLE), 0);
  });

  test("an abort in the middle sends nothing more: what was in flight is unknown", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.always({ latencyMs: 100 });
    const controller = new AbortController();
    const entries = refs(exchange.orders.addMany(800));
    const results = await cancelByIds(entries, {
      ...trader(exchange),
      signal: controller.signal,
      onProgress: ({ done }) => done === 20 && controller.abort(),
    });
    assertRequests(results, entries);
    assertMatchesExchange(exchange, results);
    const unknown = tally(results)["aborted, unknown"] ?? 0;
    const unsent = tally(results)["aborted, not_canceled"] ?? 0;
    assert.ok(unsent >= 200, JSON.stringify(tally(results)));
    assert.ok(unknown >= 20, JSON.stringify(tally(results)));
    // Of what was in flight, some may not have arrived.
    assert.equal(exchange.counts.total * 20 <= (tally(results).canceled ?? 0) + unknown, true);
  });

  test("a signal that is aborted before sends nothing", async (t) => {
    const exchange = await openExchange(t);
    const entries = refs(exchange.orders.addMany(30));
    const results = await cancelByIds(entries, { ...trader(exchange), signal: AbortSignal.abort() });
    assert.deepEqual(tally(results), { "aborted, not_canceled": 30 });
    assert.equal(exchange.counts.total, 0);
  });

  test("after close() what is in flight is completed, and nothing more is sent", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.always({ latencyMs: 100 });
    const client = new UpbitClient(trader(exchange));
    const entries = refs(exchange.orders.addMany(800));
    const onProgress = ({ done }: { done: number }) => done === 20 && client.close();
    const results = await client.cancelByIds(entries, { onProgress });
    assertRequests(results, entries);
    assertMatchesExchange(exchange, results);
    const { canceled = 0, "invalid_request, not_canceled": unsent = 0 } = tally(results);
    assert.equal(canceled + unsent, 800, JSON.stringify(tally(results)));
    assert.equal(unsent >= 200, true);
    assert.equal(canceled, exchange.counts.total * 20);
  });
});
