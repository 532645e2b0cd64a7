// What a filter that cancels has to say: all else is refused, and nothing is sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelAllOrders, cancelOpen, listOpenOrders, trader, UpbitClient } from "../package/installed.js";
import { openExchange } from "../practice/sign.js";
import { rejection } from "./result-summary.ts";

type Call = "cancelAllOrders" | "cancelOpen" | "listOpenOrders";
// biome-ignore lint/suspicious/noExplicitAny: what is given is wrong on purpose
const functions: Record<Call, (filter: any, options: any) => Promise<unknown>> = {
  cancelAllOrders,
  cancelOpen,
  listOpenOrders,
};

const markets = Array.from({ length: 21 }, (_, index) => `SGD-A${index}`);

/** Wrong for whatever takes a filter. */
const NO_FILTERS = [null, "", "SGD-BTC", 1, true, [], ["SGD-BTC"]];

/** It has no member, as `{}` has none: a list of everything cancels nothing. */
const isEmptyList = (filter: unknown) => Array.isArray(filter) && filter.length === 0;

/** Wrong for `cancelAllOrders` and `listOpenOrders`. */
const WRONG = [
  { markets: [] },
  { markets: "SGD-BTC" },
  { markets: ["BTC"] },
  { markets: ["sgd-btc"] },
  { markets: ["SGD-BTC", ""] },
  { markets: ["SGD-BTC,SGD-ETH"] },
  { markets: ["SGD-BTC-ETH"] },
  { markets: ["SGD_BTC"] },
  { markets: [" SGD-BTC"] },
  { markets: [1] },
  { markets: null },
  { markets: { length: 0 } },
  { market: "SGD-BTC" },
  { pairs: ["SGD-BTC"] },
  { side: "buy" },
  { side: "all" },
  { side: "" },
  { side: "ASK" },
  { side: null },
  { side: "ask", markets: [] },
  { side: "ask", states: [] },
  { side: "ask", states: ["done"] },
  { side: "ask", states: "wait" },
  { side: "ask", count: 3 },
];

const REFUSED: Record<Call, unknown[]> = {
  listOpenOrders: [...NO_FILTERS.filter((filter) => !isEmptyList(filter)), ...WRONG, { everything: true }],
  cancelAllOrders: [
    ...NO_FILTERS,
    undefined,
    ...WRONG,
    {},
    { everything: undefined },
    { markets: undefined, side: undefined },
    { states: ["wait"] },
    { states: ["wait", "watch"] },
    { everything: false },
    { everything: "true" },
    { everything: 1 },
    { everything: null },
    { everything: true, markets: ["SGD-BTC"] },
    { everything: true, markets: [] },
    { everything: false, side: "ask" },
    { everithing: true },
    { everything: true, side: "buy" },
  ],
  cancelOpen: [
    ...NO_FILTERS,
    undefined,
    {},
    { pairs: undefined },
    { excludedPairs: ["SGD-BTC"] },
    { count: 300 },
    { orderBy: "asc" },
    { everything: false },
    { everything: "true" },
    { everything: true, pairs: ["SGD-BTC"] },
    { everything: true, quoteCurrencies: ["SGD"] },
    { everything: true, pairs: [] },
    { everything: true, excludedPairs: [] },
    { everything: true, markets: ["SGD-BTC"] },
    { markets: ["SGD-BTC"] },
    { exclude_pairs: ["SGD-BTC"], everything: true },
    { cancelSide: "ask" },
    { pairs: [] },
    { pairs: "SGD-BTC" },
    { pairs: [""] },
    { pairs: ["btc"] },
    { pairs: ["SGD-BTC,SGD-ETH"] },
    { pairs: markets },
    { pairs: ["SGD-BTC"], excludedPairs: markets },
    { pairs: ["SGD-BTC"], quoteCurrencies: ["SGD"] },
    { quoteCurrencies: [] },
    { quoteCurrencies: ["sgd"] },
    { quoteCurrencies: ["SGD-BTC"] },
    { quoteCurrencies: "SGD" },
    { side: "buy" },
    { side: "all" },
    { side: "" },
    { side: "ask", count: 0 },
    { side: "ask", count: 301 },
    { side: "ask", count: 1.5 },
    { side: "ask", count: "5" },
    { side: "ask", count: Number.NaN },
    { side: "ask", count: -1 },
    { side: "ask", orderBy: "newest" },
    { side: "ask", states: ["wait"] },
  ],
};

for (const [name, filters] of Object.entries(REFUSED) as [Call, unknown[]][]) {
  test(`${name} refuses every other filter, and sends nothing`, async (t) => {
    const exchange = await openExchange(t);
    const client = new UpbitClient(trader(exchange));
    t.after(() => client.close());
    for (const filter of filters) {
      const calls = [
        functions[name](filter, trader(exchange)),
        (client[name] as (filter: unknown) => Promise<unknown>)(filter),
      ];
      for (const call of calls) {
        const { kind, outcome, attempts, message } = await rejection(call).catch(() => {
          throw new assert.AssertionError({ message: `Taken: ${JSON.stringify(filter)}` });
        });
        const facts = [kind, outcome, attempts];
        assert.deepEqual(
          facts,
          ["invalid_request", "not_canceled", 0],
          `${JSON.stringify(filter)}: ${message}`,
        );
      }
    }
    assert.equal(exchange.counts.total, 0);
    assert.equal(exchange.orders.open().length, 12);
  });
}

for (const [call, filter, pattern] of [
  ["cancelAllOrders", {}, /everything/],
  ["cancelAllOrders", { market: "SGD-BTC" }, /market.*markets/],
  ["cancelAllOrders", { markets: [] }, /markets/],
  ["cancelAllOrders", { markets: ["btc"] }, /QUOTE-BASE/],
  ["cancelAllOrders", { side: "buy" }, /side.*ask.*bid/],
  ["cancelOpen", {}, /everything/],
  ["cancelOpen", { pairs: markets }, /pairs.*20/],
  ["cancelOpen", { pair: ["SGD-BTC"] }, /pair.*pairs/],
  ["cancelOpen", { pairs: ["SGD-BTC"], quoteCurrencies: ["SGD"] }, /pairs.*quoteCurrencies/],
] as [Call, object, RegExp][]) {
  test(`${call} says what is wrong with ${JSON.stringify(filter).slice(0, 60)}`, async (t) => {
    const exchange = await openExchange(t);
    const { message } = await rejection(functions[call](filter, trader(exchange)));
    assert.match(message, pattern);
  });
}

test("what names a market or a side, or says `everything`, is taken", async (t) => {
  for (const filter of [
    { markets: ["SGD-BTC"] },
    { markets: ["SGD-BTC"], everything: undefined },
    { side: "ask" },
    { everything: true },
    { everything: true, side: "bid" },
    { everything: true, states: ["watch"] },
    { everything: true, markets: undefined },
  ]) {
    const exchange = await openExchange(t, { orders: [] });
    const result = await functions.cancelAllOrders(filter, trader(exchange));
    assert.deepEqual(result, { results: [], remaining: [], error: null });
  }
});
