// confirmMs for one order: looks after the cancellation, until it is known how the order ended.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CancelOptions } from "upbit-cancel-order";
import type { Exchange, ExchangeOptions } from "../../js/practice/exchange.ts";
import type { Fault } from "../../js/practice/faults.ts";
import type { Behavior, PartialOrder } from "../../js/practice/order.ts";
import { cancelOrder, trader, UpbitClient } from "../package/installed.js";
import { openExchange } from "../practice/sign.js";
import { answer, countOf, fault, rejection } from "./result-summary.ts";

const SINGLE = "DELETE /v1/order";
const LOOK = "GET /v1/order";

type Context = import("node:test").TestContext;

/** An exchange with one order, which behaves in this way. */
async function open(
  t: Context,
  behavior: Behavior = {},
  order: PartialOrder = {},
  options: ExchangeOptions = {},
) {
  const exchange = await openExchange(t, { orders: [], ...options });
  const { uuid } = exchange.orders.add(order, behavior);
  const cancel = (call: CancelOptions = {}) =>
    cancelOrder({ uuid }, { ...trader(exchange), confirmMs: 3000, ...call });
  return { exchange, uuid, cancel };
}

const counts = (exchange: Exchange) => [countOf(exchange, SINGLE), countOf(exchange, LOOK)];

/** A filled market buy ends as `cancel`. */
const MARKET_BUY = { ord_type: "price", side: "bid", price: "500", market: "SGD-SOL" };

describe("an accepted cancellation", { concurrency: true }, () => {
  test("is looked up once where it took effect: resolves with the order as it ended", async (t) => {
    const { exchange, uuid, cancel } = await open(t);
    const [order, ...others] = await cancel();
    assert.deepEqual([order?.uuid, order?.state, order?.trades, others], [uuid, "cancel", [], []]);
    assert.deepEqual(counts(exchange), [1, 1]);
    const [sent, look] = exchange.requests;
    assert.equal((look?.at ?? 0) - (sent?.at ?? 0) >= 95, true);
  });

  for (const confirmMs of [undefined, 0]) {
    test(`is not looked up with confirmMs ${confirmMs}`, async (t) => {
      const { exchange, uuid } = await open(t);
      const [order] = await cancelOrder(
        { uuid },
        { ...trader(exchange), ...(confirmMs !== undefined && { confirmMs }) },
      );
      assert.equal(order?.state, "wait");
      assert.deepEqual(counts(exchange), [1, 0]);
    });
  }

  test("is looked up until it takes effect", async (t) => {
    const { exchange, cancel } = await open(t, { effectAfterMs: 600 });
    const [order] = await cancel();
    assert.equal(order?.state, "cancel");
    const looks = exchange.requests.slice(1).map(({ at }) => at);
    assert.ok(looks.length >= 2 && looks.length <= 4, `${looks.length} looks`);
    const waits = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
    assert.ok(
      waits.every((wait) => wait >= 190),
      `${waits}`,
    );
  });

  test("of an order that fills first rejects as filled", async (t) => {
    const { exchange, uuid, cancel } = await open(t, { fills: "all" });
    const error = await rejection(cancel());
    assert.equal(fault(error), "filled, not_canceled");
    assert.deepEqual([error.order?.uuid, error.order?.state, error.attempts], [uuid, "done", 1]);
    assert.deepEqual([error.order?.remaining_volume, error.order?.trades?.length], ["0", 1]);
    assert.deepEqual(counts(exchange), [1, 1]);
  });

  test("of an order that fills in part resolves, and tells what was executed", async (t) => {
    const { cancel } = await open(t, { fills: "part" });
    const [order] = await cancel();
    assert.deepEqual([order?.state, order?.executed_volume, order?.trades_count], ["cancel", "0.5", 1]);
  });

  test("that has no effect in time rejects as unconfirmed, with the order as last seen", async (t) => {
    const { exchange, uuid, cancel } = await open(t, { effectAfterMs: 60_000 });
    const start = performance.now();
    const error = await rejection(cancel({ confirmMs: 700 }));
    assert.equal(performance.now() - start >= 690, true);
    assert.equal(fault(error), "unconfirmed, unknown");
    assert.deepEqual([error.order?.uuid, error.order?.state, error.order?.trades], [uuid, "wait", []]);
    assert.match(error.hint ?? "", /look/i);
    assert.equal(countOf(exchange, SINGLE), 1);
  });

  test("of an order that is never found rejects as unconfirmed, with the order as accepted", async (t) => {
    const { exchange, uuid, cancel } = await open(t);
    exchange.faults.always({ endpoint: LOOK, notFound: true });
    const error = await rejection(cancel({ confirmMs: 700 }));
    assert.equal(`${error.kind}, ${error.outcome}`, "unconfirmed, unknown");
    assert.deepEqual([error.order?.uuid, error.order?.state], [uuid, "wait"]);
  });

  test("of an order that is not found at first is looked up again", async (t) => {
    const { exchange, cancel } = await open(t);
    exchange.faults.next({ endpoint: LOOK, notFound: true }, 3);
    assert.equal((await cancel())[0]?.state, "cancel");
    assert.deepEqual(counts(exchange), [1, 4]);
  });

  for (const state of ["watch", "something_new"]) {
    test(`that ends in no known way (${state}) is unconfirmed`, async (t) => {
      const { exchange, cancel } = await open(t);
      exchange.faults.always({ endpoint: LOOK, transform: (order: object) => ({ ...order, state }) });
      const error = await rejection(cancel({ confirmMs: 400 }));
      assert.equal(fault(error), "unconfirmed, unknown");
      assert.equal(error.order?.state, state);
    });
  }

  for (const [name, spoilt] of [
    ["fail", { status: 500 }],
    ["are lost", { drop: "before" }],
    ["are no JSON", { body: "non-json" }],
    ["meet a 429", { rateLimited: true }],
    ["show an old state", { stale: true }],
    ["are refused for a while", answer(503, "maintenance")],
  ] as [string, Fault][]) {
    test(`whose first lookups ${name} is looked up again`, async (t) => {
      const { exchange, cancel } = await open(t);
      exchange.faults.next({ ...spoilt, endpoint: LOOK }, 2);
      assert.equal((await cancel({ confirmMs: 6000 }))[0]?.state, "cancel");
      assert.equal(countOf(exchange, SINGLE), 1);
    });
  }

  for (const state of ["cancel", "done"]) {
    test(`is not resolved by a lookup of another order (${state})`, async (t) => {
      const { exchange, uuid, cancel } = await open(t, { effectAfterMs: 60_000 });
      const other = "11111111-2222-3333-4444-555555555555";
      exchange.faults.always({
        endpoint: LOOK,
        transform: (order: object) => ({ ...order, uuid: other, state }),
      });
      const error = await rejection(cancel({ confirmMs: 500 }));
      assert.equal(`${error.kind}, ${error.outcome}`, "unconfirmed, unknown");
      assert.deepEqual([error.order?.uuid, error.order?.state], [uuid, "wait"]);
    });
  }

  test("by identifier is looked up, too", async (t) => {
    const { exchange } = await open(t, {}, { identifier: "mine" });
    const call = { ...trader(exchange), confirmMs: 1000 };
    const [order] = await cancelOrder({ identifier: "mine" }, call);
    assert.deepEqual([order?.identifier, order?.state], ["mine", "cancel"]);
  });
});

describe("a key without [View Orders]", { concurrency: true }, () => {
  test("cancels anyway: unconfirmed, one lookup, a hint, the order as accepted", async (t) => {
    const { exchange, uuid } = await open(t);
    const call = { ...exchange.keys.canceler, baseUrl: exchange.url, confirmMs: 3000 };
    const error = await rejection(cancelOrder({ uuid }, call));
    assert.equal(fault(error), "unconfirmed, unknown, out_of_scope");
    assert.match(error.hint ?? "", /View Orders/);
    assert.deepEqual([error.order?.uuid, error.order?.state, error.order?.volume], [uuid, "wait", "1.0"]);
    assert.equal(exchange.orders.cancelCount(uuid), 1);
    assert.deepEqual(counts(exchange), [1, 1]);
    assert.match(JSON.stringify(error), /"order":/);
  });

  test("leaves the refusal of an order that is not found as it is", async (t) => {
    const { exchange } = await open(t);
    const call = { ...exchange.keys.canceler, baseUrl: exchange.url, confirmMs: 3000 };
    const error = await rejection(cancelOrder({ identifier: "unknown" }, call));
    assert.equal(fault(error), "rejected, not_canceled, order_not_found");
    assert.deepEqual(counts(exchange), [1, 1]);
  });
});

describe("a cancellation whose outcome is unknown", { concurrency: true }, () => {
  const LOST: Record<string, Fault> = {
    "a lost connection": { drop: "after" },
    "silence after the headers": { hang: "mid-body" },
    "a web page": { body: "html" },
    "another order": {
      transform: ([order]: object[]) => [{ ...order, uuid: "11111111-2222-3333-4444-555555555555" }],
    },
  };
  for (const [name, lost] of Object.entries(LOST)) {
    test(`for ${name} is resolved by a lookup: canceled`, async (t) => {
      const { exchange, cancel } = await open(t);
      exchange.faults.next({ ...lost, endpoint: SINGLE });
      const [order] = await cancel({ maxRetries: 0, timeoutMs: 300 });
      assert.equal(order?.state, "cancel");
      assert.deepEqual(counts(exchange), [1, 1]);
    });
  }

  test("is resolved by a lookup: filled", async (t) => {
    const { exchange, cancel } = await open(t);
    exchange.faults.next({ endpoint: SINGLE, drop: "after", fills: "all" });
    const error = await rejection(cancel({ maxRetries: 0 }));
    assert.deepEqual([error.kind, error.outcome, error.order?.state], ["filled", "not_canceled", "done"]);
  });

  test("and whose retry is then not found is resolved by a lookup", async (t) => {
    const { exchange, cancel } = await open(t);
    exchange.faults.next({ endpoint: SINGLE, drop: "after" });
    assert.equal((await cancel())[0]?.state, "cancel");
    assert.deepEqual(counts(exchange), [2, 1]);
  });

  test("for a used nonce is resolved by a lookup", async (t) => {
    const { exchange, uuid, cancel } = await open(t);
    exchange.faults.next({ endpoint: SINGLE, ...answer(401, "nonce_used") });
    exchange.orders.cancel(uuid);
    assert.equal((await cancel())[0]?.state, "cancel");
    assert.deepEqual(counts(exchange), [1, 1]);
  });

  test("and that had no effect is sent again while the order is open", async (t) => {
    const { exchange, cancel } = await open(t);
    exchange.faults.next({ endpoint: SINGLE, drop: "before" });
    assert.equal((await cancel({ maxRetries: 0 }))[0]?.state, "cancel");
    const sent = exchange.requests.filter(({ method }) => method === "DELETE").map(({ at }) => at);
    assert.equal(sent.length, 2);
    assert.equal((sent[1] ?? 0) - (sent[0] ?? 0) >= 990, true);
  });

  test("is sent again at most once a second, until time is up", async (t) => {
    const { exchange, cancel } = await open(t);
    exchange.faults.always({ endpoint: SINGLE, status: 500 });
    const error = await rejection(cancel({ maxRetries: 0, confirmMs: 3500 }));
    assert.equal(`${error.kind}, ${error.outcome}`, "unconfirmed, unknown");
    assert.equal(error.order?.state, "wait");
    const sent = exchange.requests.filter(({ method }) => method === "DELETE").map(({ at }) => at);
    assert.ok(sent.length >= 3 && sent.length <= 4, `${sent.length} sent`);
    assert.equal(error.attempts, sent.length);
    for (const [index, at] of sent.slice(1).entries()) assert.equal(at - (sent[index] ?? 0) >= 990, true);
  });

  test("is unconfirmed and unknown if the key cannot look up orders", async (t) => {
    const { exchange, uuid } = await open(t);
    exchange.faults.next({ endpoint: SINGLE, drop: "after" });
    const call = { ...exchange.keys.canceler, baseUrl: exchange.url, confirmMs: 3000, maxRetries: 0 };
    const error = await rejection(cancelOrder({ uuid }, call));
    assert.equal(`${error.kind}, ${error.outcome}`, "unconfirmed, unknown");
    assert.equal(error.order, null);
    assert.deepEqual(counts(exchange), [1, 1]);
  });
});

describe("a cancellation that is refused", { concurrency: true }, () => {
  test("as not found, of an order that ended as `cancel`: resolves", async (t) => {
    const { exchange, uuid, cancel } = await open(t);
    exchange.orders.cancel(uuid);
    assert.equal((await cancel())[0]?.state, "cancel");
    assert.deepEqual(counts(exchange), [1, 1]);
  });

  test("as not found, of an order that ended as `done`: filled", async (t) => {
    const { exchange, uuid, cancel } = await open(t);
    exchange.orders.fill(uuid);
    const error = await rejection(cancel());
    assert.deepEqual([error.kind, error.outcome, error.order?.state], ["filled", "not_canceled", "done"]);
    assert.deepEqual(counts(exchange), [1, 1]);
  });

  test("as not found, of an order that there is not: stands after three looks", async (t) => {
    const { exchange } = await open(t);
    const call = { ...trader(exchange), confirmMs: 10_000 };
    const error = await rejection(cancelOrder({ identifier: "unknown" }, call));
    assert.equal(fault(error), "rejected, not_canceled, order_not_found");
    assert.deepEqual(counts(exchange), [1, 3]);
  });

  test("as not found, of an order that is open: stands after three looks", async (t) => {
    const { exchange, uuid, cancel } = await open(t);
    exchange.faults.always({ endpoint: SINGLE, notFound: true });
    assert.equal(fault(await rejection(cancel())), "rejected, not_canceled, order_not_found");
    assert.deepEqual(counts(exchange), [1, 3]);
    assert.equal(exchange.orders.isOpen(uuid), true);
  });

  test("as not found, which shows at the third lookup: resolves", async (t) => {
    const { exchange, uuid, cancel } = await open(t);
    exchange.orders.cancel(uuid);
    exchange.faults.next({ endpoint: LOOK, notFound: true }, 2);
    assert.equal((await cancel())[0]?.state, "cancel");
    assert.deepEqual(counts(exchange), [1, 3]);
  });

  for (const [status, name] of [
    [403, "market_offline"],
    [400, "invalid_parameter"],
    [404, "not_found"],
    [401, "jwt_verification"],
  ] as const) {
    test(`as ${name} is not looked up`, async (t) => {
      const { exchange, cancel } = await open(t);
      exchange.faults.always({ endpoint: SINGLE, ...answer(status, name) });
      assert.equal(fault(await rejection(cancel())), `rejected, not_canceled, ${name}`);
      assert.deepEqual(counts(exchange), [1, 0]);
    });
  }
});

describe("a market buy", { concurrency: true }, () => {
  test("that was filled before it could be canceled is filled, though it ended as `cancel`", async (t) => {
    const { exchange, uuid, cancel } = await open(t, {}, MARKET_BUY);
    exchange.orders.fill(uuid);
    const error = await rejection(cancel());
    assert.deepEqual([error.kind, error.outcome], ["filled", "not_canceled"]);
    assert.deepEqual([error.order?.state, error.order?.trades_count], ["cancel", 1]);
  });

  test("whose cancellation was lost, and that has trades, is filled", async (t) => {
    const { exchange, cancel } = await open(t, {}, MARKET_BUY);
    exchange.faults.next({ endpoint: SINGLE, drop: "after", fills: "all" });
    assert.match(fault(await rejection(cancel({ maxRetries: 0 }))), /^filled, not_canceled/);
  });

  test("whose cancellation was lost, and that has no trade, is canceled", async (t) => {
    const { exchange, cancel } = await open(t, {}, MARKET_BUY);
    exchange.faults.next({ endpoint: SINGLE, drop: "after" });
    assert.equal((await cancel({ maxRetries: 0 }))[0]?.state, "cancel");
  });

  test("whose cancellation was accepted is canceled, whatever it had executed", async (t) => {
    const { cancel } = await open(t, { fills: "part" }, MARKET_BUY);
    const [order] = await cancel();
    assert.deepEqual([order?.state, order?.trades_count], ["cancel", 1]);
  });
});

describe("interrupts while it is looked up", { concurrency: true }, () => {
  test("an abort: unknown, the order as accepted, at once", async (t) => {
    const { exchange, uuid, cancel } = await open(t, { effectAfterMs: 60_000 });
    const error = await rejection(cancel({ confirmMs: 60_000, signal: AbortSignal.timeout(400) }));
    assert.deepEqual([error.kind, error.outcome, error.order?.uuid], ["aborted", "unknown", uuid]);
    assert.doesNotMatch(error.message, /before anything was sent/);
    assert.equal(exchange.counts.total >= 2, true);
  });

  test("an abort of a lookup in flight: the same", async (t) => {
    const { exchange, uuid, cancel } = await open(t);
    exchange.faults.always({ endpoint: LOOK, hang: "before-headers" });
    const error = await rejection(cancel({ confirmMs: 60_000, signal: AbortSignal.timeout(400) }));
    assert.deepEqual([error.kind, error.outcome, error.order?.uuid], ["aborted", "unknown", uuid]);
  });

  test("an abort before the cancellation was answered is not looked up", async (t) => {
    const { exchange, cancel } = await open(t);
    exchange.faults.always({ endpoint: SINGLE, latencyMs: 400 });
    const error = await rejection(cancel({ signal: AbortSignal.timeout(200) }));
    assert.equal(fault(error), "aborted, unknown");
    assert.deepEqual(counts(exchange), [1, 0]);
  });

  test("close(): unknown, the order as accepted, at once", async (t) => {
    const { exchange, uuid } = await open(t, { effectAfterMs: 60_000 });
    const client = new UpbitClient(trader(exchange));
    setTimeout(() => client.close(), 400);
    const error = await rejection(client.cancelOrder({ uuid }, { confirmMs: 60_000 }));
    assert.deepEqual([error.outcome, error.order?.uuid, error.order?.state], ["unknown", uuid, "wait"]);
  });

  test("a 418: unknown, the order as accepted, no more looks", async (t) => {
    const { exchange, uuid, cancel } = await open(t, { effectAfterMs: 60_000 });
    exchange.faults.next({ endpoint: LOOK, blocked: true, retryAfter: "30" });
    const error = await rejection(cancel({ confirmMs: 60_000 }));
    assert.deepEqual([error.outcome, error.order?.uuid, error.order?.state], ["unknown", uuid, "wait"]);
    assert.equal((error.retryAfterMs ?? 0) > 20_000, true);
    assert.deepEqual(counts(exchange), [1, 1]);
  });
});
