// getOrder and listOpenOrders: what they ask for, what they tell, and that their failures cancel nothing.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { OrderFilter, OrderRef } from "upbit-cancel-order";
import type { Fault } from "../../js/practice/faults.ts";
import { getOrder, listOpenOrders, trader, UpbitClient } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { answer, arrived, fault, rejection } from "./result-summary.ts";

const LOOK = "GET /v1/order";
const LIST = "GET /v1/orders/open";
const OTHER_UUID = "11111111-2222-3333-4444-555555555555";

test("getOrder returns an order in any state, with its trades", async (t) => {
  const exchange = await openExchange(t);
  const { uuid } = exchange.orders.add({ identifier: "mine" });
  const call = trader(exchange);
  const watching = exchange.orders.open().find(({ state }) => state === "watch")?.uuid ?? "";
  assert.equal((await getOrder({ uuid: watching }, call)).state, "watch");
  assert.deepEqual((await getOrder({ uuid }, call)).trades, []);
  exchange.orders.fill(uuid, "part");
  assert.deepEqual(
    (await getOrder({ identifier: "mine" }, call)).trades?.map(({ volume }) => volume),
    ["0.5"],
  );
  exchange.orders.fill(uuid);
  const done = await getOrder({ uuid, identifier: "not sent" }, call);
  assert.deepEqual([done.state, done.trades?.length], ["done", 2]);
  assert.deepEqual(new Set(arrived(exchange)), new Set([`${LOOK} 1`]));
});

test("a method of the client does the same, with a key that may only look", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient({ ...exchange.keys.viewer, baseUrl: exchange.url });
  t.after(() => client.close());
  assert.equal((await client.getOrder({ uuid: EXAMPLE_UUID })).uuid, EXAMPLE_UUID);
  assert.equal((await client.listOpenOrders()).length, 12);
  assert.equal((await client.listOpenOrders({ markets: ["SGD-BTC"] })).length, 2);
});

/** [what is asked for, what is answered instead] */
const OTHERS: Record<string, [OrderRef, object]> = {
  "another uuid": [{ uuid: EXAMPLE_UUID }, { uuid: OTHER_UUID }],
  "another identifier": [{ identifier: "practice-ask-1" }, { identifier: "practice-ask-2" }],
  "no uuid": [{ uuid: EXAMPLE_UUID }, { uuid: undefined }],
};

for (const [name, [order, changes]] of Object.entries(OTHERS)) {
  test(`getOrder: an answer with ${name} is a bad response`, async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.always({ endpoint: LOOK, transform: (found: object) => ({ ...found, ...changes }) });
    const error = await rejection(getOrder(order, trader(exchange)));
    assert.deepEqual([error.kind, error.outcome, error.attempts], ["bad_response", "not_canceled", 1]);
  });
}

test("getOrder: an answer without an identifier, or with a uuid in capitals, is fine", async (t) => {
  const exchange = await openExchange(t);
  const without = ({ identifier: _, uuid, ...order }: { identifier: string; uuid: string }) => ({
    ...order,
    uuid: uuid.toUpperCase(),
  });
  exchange.faults.always({ endpoint: LOOK, transform: without });
  assert.equal((await getOrder({ identifier: "practice-ask-1" }, trader(exchange))).state, "wait");
  assert.equal((await getOrder({ uuid: EXAMPLE_UUID }, trader(exchange))).state, "wait");
});

const FAILURES: Record<string, [Fault, kind: string, attempts: number]> = {
  "500": [{ status: 500 }, "server", 2],
  "408": [{ status: 408 }, "server", 2],
  "a lost connection": [{ drop: "after" }, "network", 2],
  silence: [{ hang: "before-headers" }, "timeout", 2],
  "429": [{ rateLimited: true }, "rate_limited", 2],
  "418": [{ blocked: true }, "rate_limited", 1],
  "a web page": [{ body: "html" }, "bad_response", 1],
  "a redirect": [{ redirect: "https://example.com/" }, "bad_response", 1],
  "a used nonce": [answer(401, "nonce_used"), "rejected", 1],
  "not found": [answer(404, "order_not_found"), "rejected", 1],
};

describe("a read that fails was retried like a cancellation, and has canceled nothing", {
  concurrency: true,
}, () => {
  for (const [name, [spoilt, kind, attempts]] of Object.entries(FAILURES)) {
    test(name, async (t) => {
      const exchange = await openExchange(t);
      exchange.faults.always({ ...spoilt, endpoint: "any" });
      const call = { ...trader(exchange), maxRetries: 1, timeoutMs: 300 };
      const looked = await rejection(getOrder({ uuid: EXAMPLE_UUID }, call));
      assert.deepEqual([looked.kind, looked.outcome, looked.attempts], [kind, "not_canceled", attempts]);
      const other = await openExchange(t);
      other.faults.always({ ...spoilt, endpoint: "any" });
      const listed = await rejection(listOpenOrders({}, { ...call, baseUrl: other.url }));
      assert.deepEqual([listed.kind, listed.outcome, listed.attempts], [kind, "not_canceled", attempts]);
      for (const { hint } of [looked, listed]) assert.doesNotMatch(hint ?? "", /may (be|have) cancel/);
    });
  }

  test("an abort", async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.always({ endpoint: "any", latencyMs: 500 });
    const call = () => ({ ...trader(exchange), signal: AbortSignal.timeout(100) });
    assert.equal(fault(await rejection(getOrder({ uuid: EXAMPLE_UUID }, call()))), "aborted, not_canceled");
    assert.equal(fault(await rejection(listOpenOrders({}, call()))), "aborted, not_canceled");
  });

  test("a key that cannot look up orders gets a hint about the permission", async (t) => {
    const exchange = await openExchange(t);
    const call = { ...exchange.keys.canceler, baseUrl: exchange.url };
    for (const read of [getOrder({ uuid: EXAMPLE_UUID }, call), listOpenOrders({}, call)]) {
      const error = await rejection(read);
      assert.equal(fault(error), "rejected, not_canceled, out_of_scope");
      assert.match(error.hint ?? "", /View Orders/);
    }
  });
});

/** [filter, the query of each list] */
const QUERIES: [OrderFilter, string[]][] = [
  [{}, ["states[]=wait&states[]=watch&page=1&limit=100&order_by=desc"]],
  [{ states: ["wait"] }, ["states[]=wait&page=1&limit=100&order_by=desc"]],
  [
    { markets: ["SGD-BTC", "SGD-ETH"], states: ["watch"] },
    ["SGD-BTC", "SGD-ETH"].map((market) => `market=${market}&states[]=watch&page=1&limit=100&order_by=desc`),
  ],
];

for (const [filter, queries] of QUERIES) {
  test(`listOpenOrders ${JSON.stringify(filter)} asks for that`, async (t) => {
    const exchange = await openExchange(t);
    await listOpenOrders(filter, trader(exchange));
    const parameters = (query: string) => [...new URLSearchParams(query)].sort().join("&");
    assert.deepEqual(
      exchange.requests.map(({ query }) => parameters(query)),
      queries.map(parameters),
    );
  });
}

test("listOpenOrders returns all pages once, and only the side that is meant", async (t) => {
  const exchange = await openExchange(t, { orders: 238 });
  const all = await listOpenOrders({}, trader(exchange));
  assert.deepEqual(
    all.map(({ uuid }) => uuid).sort(),
    exchange.orders
      .open()
      .map(({ uuid }) => uuid)
      .sort(),
  );
  assert.deepEqual(arrived(exchange), [LIST, LIST, LIST]);
  const asks = await listOpenOrders({ side: "ask" }, trader(exchange));
  assert.deepEqual(
    asks,
    all.filter(({ side }) => side === "ask"),
  );
});

test("listOpenOrders: a later page that fails rejects", async (t) => {
  const exchange = await openExchange(t, { orders: 238 });
  exchange.faults.next({ endpoint: LIST });
  exchange.faults.always({ endpoint: LIST, ...answer(400, "invalid_parameter") });
  assert.equal(
    fault(await rejection(listOpenOrders({}, trader(exchange)))),
    "rejected, not_canceled, invalid_parameter",
  );
});
