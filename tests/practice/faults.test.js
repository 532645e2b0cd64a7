import assert from "node:assert/strict";
import { test } from "node:test";
import { cancel, EXAMPLE_UUID, listOpen, openExchange, verdict } from "./sign.js";

/** @typedef {import("../../js/practice/faults.ts").Fault} Fault */

const QUERY = `uuid=${EXAMPLE_UUID}`;

/**
 * Sends the one cancel that a fault is for.
 * @param {import("node:test").TestContext} t
 * @param {Fault} fault
 */
async function spoilt(t, fault) {
  const exchange = await openExchange(t);
  exchange.faults.next(fault);
  const reply = await cancel(exchange, QUERY);
  return { exchange, reply, canceled: exchange.orders.cancelCount(EXAMPLE_UUID) === 1 };
}

/**
 * Sends the one cancel that a fault leaves without an answer.
 * @param {import("node:test").TestContext} t
 * @param {Fault} fault
 */
async function unanswered(t, fault) {
  const exchange = await openExchange(t);
  exchange.faults.next(fault);
  await assert.rejects(cancel(exchange, QUERY), { code: "ECONNRESET" });
  return { exchange, canceled: exchange.orders.cancelCount(EXAMPLE_UUID) === 1 };
}

test("status: an error envelope unless a body is given; nothing canceled", async (t) => {
  const plain = await spoilt(t, { status: 500 });
  assert.equal(verdict(plain.reply), "500 internal_server_error");
  assert.equal(plain.canceled, false);
  assert.equal(plain.reply.headers["remaining-req"], "group=default; min=1800; sec=29");

  const page = "<h1>Back soon</h1>";
  const text = await spoilt(t, { status: 503, body: page, headers: { "content-type": "text/html" } });
  assert.deepEqual([text.reply.status, text.reply.text, text.canceled], [503, page, false]);
  assert.equal(text.reply.headers["content-type"], "text/html");

  const json = await spoilt(t, { status: 403, body: { error: { name: "market_offline", message: "" } } });
  assert.equal(verdict(json.reply), "403 market_offline");
});

test("status without a body on the wire: 204", async (t) => {
  const { reply, canceled } = await spoilt(t, { status: 204 });
  assert.deepEqual([reply.status, reply.text, canceled], [204, "", false]);
  assert.equal(reply.headers["content-length"], undefined);
});

test("drop: the socket ends without an answer, before or after the effect", async (t) => {
  const before = await unanswered(t, { drop: "before" });
  assert.equal(before.canceled, false);
  assert.equal(before.exchange.requests.at(-1)?.status, null);
  const after = await unanswered(t, { drop: "after" });
  assert.equal(after.canceled, true);
  assert.equal(verdict(await cancel(after.exchange, QUERY)), "404 order_not_found");
});

test("body truncated: the status arrives, half of the body, then the socket ends; canceled", async (t) => {
  const { exchange, canceled } = await unanswered(t, { body: "truncated" });
  assert.equal(canceled, true);
  assert.equal(exchange.requests.at(-1)?.status, 200);
});

test("body non-json, empty and html: complete, but no JSON; canceled", async (t) => {
  const cut = await spoilt(t, { body: "non-json" });
  assert.deepEqual([cut.reply.status, cut.reply.json, cut.canceled], [200, undefined, true]);
  assert.match(cut.reply.text, /^\[\{"uuid":/);
  const empty = await spoilt(t, { body: "empty" });
  assert.deepEqual([empty.reply.status, empty.reply.text, empty.canceled], [200, "", true]);
  const html = await spoilt(t, { body: "html" });
  assert.deepEqual([html.reply.status, html.canceled], [200, true]);
  assert.match(html.reply.headers["content-type"] ?? "", /^text\/html/);
  assert.match(html.reply.text, /^<!doctype html>/);
});

test("body oversized: valid JSON of 2 MiB; canceled", async (t) => {
  const { reply, canceled } = await spoilt(t, { body: "oversized" });
  assert.deepEqual([reply.status, reply.text.length, canceled], [200, 2 * 1024 * 1024, true]);
  assert.equal(reply.json[0].uuid, EXAMPLE_UUID);
});

test("shape object: the order itself; canceled", async (t) => {
  const { reply, canceled } = await spoilt(t, { shape: "object" });
  assert.deepEqual([reply.status, reply.json.uuid, canceled], [200, EXAMPLE_UUID, true]);
});

test("transform: whatever the test makes of the orders; canceled", async (t) => {
  const { reply, canceled } = await spoilt(t, {
    transform: ([order]) => [{ ...order, price: 1.5, locked: null, new_field: {} }],
  });
  assert.deepEqual([reply.json[0].price, reply.json[0].locked, reply.json[0].new_field], [1.5, null, {}]);
  assert.equal(canceled, true);
  assert.equal((await spoilt(t, { transform: () => undefined })).reply.text, "");
});

test("a fault that throws is answered by 500, and the exchange lives on", async (t) => {
  const { exchange, reply } = await spoilt(t, {
    transform: () => {
      throw new Error("in the test");
    },
  });
  assert.equal(verdict(reply), "500 internal_server_error");
  exchange.faults.next({ headers: { "X-Bad": "two\nlines" } });
  assert.equal(verdict(await cancel(exchange, "uuid=x")), "500 internal_server_error");
  assert.deepEqual(exchange.counts, { total: 2, 500: 2 });
  assert.equal((await listOpen(exchange)).status, 200);
});

test("shape and transform leave refusals alone", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ shape: "object", transform: () => "transformed" });
  assert.equal(verdict(await cancel(exchange, "uuid=unknown")), "404 order_not_found");
});

test("rateLimited and blocked: 429 and 418 for one request; nothing canceled", async (t) => {
  const limited = await spoilt(t, { rateLimited: true });
  assert.equal(verdict(limited.reply), "429 too_many_requests");
  assert.deepEqual([limited.reply.headers["retry-after"], limited.canceled], [undefined, false]);
  assert.equal((await cancel(limited.exchange, QUERY)).status, 200);

  const blocked = await spoilt(t, { blocked: true, retryAfter: "7" });
  assert.equal(verdict(blocked.reply), "418 account_blocked");
  assert.deepEqual([blocked.reply.headers["retry-after"], blocked.canceled], ["7", false]);
  const later = await spoilt(t, { rateLimited: true, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT" });
  assert.equal(later.reply.headers["retry-after"], "Wed, 21 Oct 2026 07:28:00 GMT");
});

test("redirect: 307 or another status, with a Location; nothing canceled", async (t) => {
  const elsewhere = "http://127.0.0.1:1/elsewhere";
  const { reply, canceled } = await spoilt(t, { redirect: elsewhere });
  assert.deepEqual([reply.status, reply.headers.location, canceled], [307, elsewhere, false]);
  assert.equal((await spoilt(t, { redirect: "/", status: 301 })).reply.status, 301);
});

test("headers and remainingReq: replaced or left out; canceled as ever", async (t) => {
  const { reply, canceled } = await spoilt(t, {
    remainingReq: "sec=3; group=other-group",
    headers: { "content-TYPE": null, "X-Request-Id": "1" },
  });
  assert.equal(reply.headers["remaining-req"], "sec=3; group=other-group");
  assert.deepEqual([reply.headers["content-type"], reply.headers["x-request-id"]], [undefined, "1"]);
  assert.equal(canceled, true);
  assert.equal((await spoilt(t, { remainingReq: null })).reply.headers["remaining-req"], undefined);
});

test("latency: the cancel takes effect at once, the answer comes late", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const exchange = await openExchange(t);
  exchange.faults.next({ latencyMs: 60_000, drop: "before" });
  exchange.faults.next({ latencyMs: 60_000 });
  const dropped = assert.rejects(cancel(exchange, QUERY), { code: "ECONNRESET" });
  await arrived(exchange, 1);
  const answered = cancel(exchange, QUERY);
  await arrived(exchange, 2);
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), false);
  assert.deepEqual(
    exchange.requests.map((entry) => entry.status),
    [null, null],
  );
  t.mock.timers.tick(60_000);
  await dropped;
  assert.equal((await answered).status, 200);
});

for (const hang of /** @type {const} */ (["before-headers", "mid-body"])) {
  test(`hang ${hang}: no end until the exchange closes, which it does at once`, async (t) => {
    const exchange = await openExchange(t);
    exchange.faults.next({ hang });
    const hanging = assert.rejects(cancel(exchange, QUERY), { code: "ECONNRESET" });
    await arrived(exchange, 1);
    assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), hang === "before-headers");
    assert.equal(exchange.requests[0]?.status, hang === "before-headers" ? null : 200);
    await exchange.close();
    await hanging;
  });
}

test("queued faults come first, in their order; then the standing one, until clear", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ status: 502 });
  exchange.faults.next({ status: 500 }, 2);
  exchange.faults.next({});
  const statuses = [];
  for (let i = 0; i < 5; i += 1) statuses.push((await cancel(exchange, "uuid=unknown")).status);
  exchange.faults.clear();
  statuses.push((await cancel(exchange, QUERY)).status);
  assert.deepEqual(statuses, [500, 500, 404, 502, 502, 200]);
});

test("a fault may be for one order only", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ order: "practice-ask-1", status: 500 });
  assert.equal((await cancel(exchange, QUERY)).status, 200);
  assert.equal((await cancel(exchange, "identifier=practice-ask-1")).status, 500);
  assert.equal((await cancel(exchange, "identifier=practice-ask-1")).status, 200);
});

test("neither a listing nor a request over the limit takes a fault", async (t) => {
  const exchange = await openExchange(t, { now: () => 0, limits: { perSecond: 2 } });
  exchange.faults.next({ status: 500 });
  assert.equal((await listOpen(exchange)).status, 200);
  assert.equal((await cancel(exchange, QUERY)).status, 500);
  exchange.faults.next({ status: 500 });
  assert.equal((await cancel(exchange, QUERY)).status, 429);
});

test("a misspelt fault is refused at once", async (t) => {
  const { faults } = await openExchange(t);
  for (const wrong of /** @type {any[]} */ ([
    { latency: 5 },
    { latencyMs: "5" },
    { drop: "during" },
    { hang: true },
    { body: "xml" },
    { status: 99 },
    { shape: "array" },
    { __proto__: null, order: 7 },
  ])) {
    assert.throws(() => faults.next(wrong), TypeError, JSON.stringify(wrong));
    assert.throws(() => faults.always(wrong), TypeError);
  }
});

/**
 * @param {import("./sign.js").Exchange} exchange
 * @param {number} count
 */
async function arrived(exchange, count) {
  while (exchange.counts.total < count) await new Promise((resolve) => setImmediate(resolve));
}
