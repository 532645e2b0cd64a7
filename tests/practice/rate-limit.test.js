import assert from "node:assert/strict";
import { test } from "node:test";
import { call, cancel, EXAMPLE_UUID, listOpen, openExchange, send, verdict } from "./sign.js";

/**
 * An exchange whose clock stands still until the test moves it.
 * @param {import("node:test").TestContext} t
 * @param {import("../../js/practice/exchange.ts").ExchangeOptions} [options]
 */
async function withClock(t, options) {
  const clock = { ms: 1000 };
  const exchange = await openExchange(t, { now: () => clock.ms, ...options });
  return { clock, exchange };
}

/**
 * @param {number} count
 * @param {() => Promise<import("./sign.js").Reply>} call
 */
async function inTurn(count, call) {
  const replies = [];
  for (let i = 0; i < count; i += 1) replies.push(await call());
  return replies;
}

test("30 in a second pass, and Remaining-Req counts down", async (t) => {
  const { exchange } = await withClock(t);
  const replies = await inTurn(31, () => listOpen(exchange));
  assert.deepEqual(
    replies.map((reply) => reply.headers["remaining-req"]),
    [...Array(30).keys(), 29].map((spent) => `group=default; min=1800; sec=${29 - spent}`),
  );
  assert.deepEqual(replies.slice(0, 30).map(verdict), Array(30).fill("200"));
  assert.equal(verdict(replies[30] ?? assert.fail()), "429 too_many_requests");
  assert.equal(replies[30]?.headers["retry-after"], undefined);
});

test("the second slides: it never holds more than 30", async (t) => {
  const { clock, exchange } = await withClock(t);
  await inTurn(20, () => listOpen(exchange));
  clock.ms += 600;
  await inTurn(10, () => listOpen(exchange));
  clock.ms += 399.9;
  assert.equal((await listOpen(exchange)).status, 429);
  clock.ms += 0.1;
  const replies = await inTurn(21, () => listOpen(exchange));
  assert.deepEqual(replies.map(verdict), [...Array(20).fill("200"), "429 too_many_requests"]);
});

test("a 429 has no effect on the order, and uses up the nonce", async (t) => {
  const { clock, exchange } = await withClock(t, { limits: { perSecond: 0 } });
  const claims = { nonce: "once" };
  assert.equal((await cancel(exchange, `uuid=${EXAMPLE_UUID}`, { claims })).status, 429);
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
  clock.ms += 1000;
  assert.equal((await cancel(exchange, `uuid=${EXAMPLE_UUID}`, { claims })).status, 429);
  const open = await openExchange(t, { now: () => clock.ms, limits: { perSecond: 1 } });
  await listOpen(open);
  assert.equal((await cancel(open, `uuid=${EXAMPLE_UUID}`, { claims })).status, 429);
  clock.ms += 1000;
  assert.equal(verdict(await cancel(open, `uuid=${EXAMPLE_UUID}`, { claims })), "401 nonce_used");
});

test("all keys of the account and both routes share one budget", async (t) => {
  const { exchange } = await withClock(t, { limits: { perSecond: 3 } });
  const { trader, viewer, expired } = exchange.keys;
  assert.equal(verdict(await listOpen(exchange, "", { key: viewer })), "200");
  assert.equal(verdict(await cancel(exchange, "uuid=x", { key: expired })), "401 expired_access_key");
  assert.equal(verdict(await cancel(exchange, "uuid=x", { key: trader })), "404 order_not_found");
  for (const key of [trader, viewer, expired]) {
    assert.equal(verdict(await cancel(exchange, "uuid=x", { key })), "429 too_many_requests");
  }
});

test("another account has a budget of its own", async (t) => {
  const key = { accessKey: "other", secretKey: "other-secret" };
  const { exchange } = await withClock(t, {
    limits: { perSecond: 1 },
    keys: { other: { ...key, account: "other" } },
  });
  assert.equal((await listOpen(exchange)).status, 200);
  assert.equal((await listOpen(exchange)).status, 429);
  assert.equal((await listOpen(exchange, "", { key })).status, 200);
  assert.equal((await listOpen(exchange, "", { key })).status, 429);
});

test("canceling what is open has a budget of its own: one in 2 seconds", async (t) => {
  const { clock, exchange } = await withClock(t, { orders: [] });
  const cancelOpen = () => call(exchange, "DELETE /v1/orders/open");
  const [first, second] = await inTurn(2, cancelOpen);
  assert.deepEqual(
    [first, second].map((reply) => reply && verdict(reply)),
    ["404 order_not_found", "429 too_many_requests"],
  );
  assert.equal(first?.headers["remaining-req"], "group=order-cancel-all; min=30; sec=0");
  assert.equal(second?.headers["remaining-req"], "group=order-cancel-all; min=30; sec=0");
  assert.equal((await listOpen(exchange)).headers["remaining-req"], "group=default; min=1800; sec=29");
  clock.ms += 1999;
  assert.equal((await cancelOpen()).status, 429);
  clock.ms += 1;
  assert.equal((await cancelOpen()).status, 404);
});

test("the other five endpoints share the budget of a second", async (t) => {
  const { exchange } = await withClock(t, { limits: { perSecond: 5 } });
  const query = `uuids[]=${EXAMPLE_UUID}`;
  for (const [endpoint, ids] of /** @type {[string, string][]} */ ([
    ["GET /v1/order", `uuid=${EXAMPLE_UUID}`],
    ["GET /v1/orders/uuids", query],
    ["GET /v1/orders/open", ""],
    ["DELETE /v1/orders/uuids", query],
  ])) {
    assert.equal((await call(exchange, endpoint, ids)).status, 200);
  }
  const last = await cancel(exchange, `uuid=${EXAMPLE_UUID}`);
  assert.equal(last.headers["remaining-req"], "group=default; min=300; sec=0");
  assert.equal((await call(exchange, "GET /v1/orders/uuids", query)).status, 429);
});

test("a block ends all groups of the account", async (t) => {
  const { clock, exchange } = await withClock(t, { limits: { refusalsBeforeBlock: 2 } });
  await inTurn(3, () => call(exchange, "DELETE /v1/orders/open"));
  const blocked = await listOpen(exchange);
  assert.equal(verdict(blocked), "418 account_blocked");
  const open = await call(exchange, "DELETE /v1/orders/open");
  assert.equal(verdict(open), "418 account_blocked");
  assert.equal(open.headers["remaining-req"], "group=order-cancel-all; min=30; sec=0");
  clock.ms += 5000;
  assert.equal((await listOpen(exchange)).status, 200);
});

test("refused requests count too, and every answer carries Remaining-Req", async (t) => {
  const { exchange } = await withClock(t, { limits: { perSecond: 5 } });
  const { trader } = exchange.keys;
  const sent = [
    await cancel(exchange, ""),
    await cancel(exchange, "uuid=x", { claims: { query_hash: "wrong" } }),
    await cancel(exchange, "uuid=x", { key: { ...trader, secretKey: "wrong" } }),
    await cancel(exchange, "uuid=a+b"),
    await cancel(exchange, "uuid=x", { claims: { nonce: "" } }),
    await cancel(exchange, "uuid=x"),
  ];
  assert.deepEqual(
    sent.map((reply) => `${reply.status} ${reply.headers["remaining-req"]}`),
    [
      "400 group=default; min=300; sec=4",
      "401 group=default; min=300; sec=3",
      "401 group=default; min=300; sec=2",
      "400 group=default; min=300; sec=1",
      "401 group=default; min=300; sec=0",
      "429 group=default; min=300; sec=0",
    ],
  );
});

test("who has no account uses up nobody's budget", async (t) => {
  const { exchange } = await withClock(t, { limits: { perSecond: 1 } });
  const stranger = { accessKey: "stranger", secretKey: "stranger-secret" };
  const strange = await inTurn(3, () => cancel(exchange, "uuid=x", { key: stranger }));
  assert.deepEqual(strange.map(verdict), Array(3).fill("401 invalid_access_key"));
  const lost = await send(exchange, "GET", "/nowhere");
  assert.equal(lost.headers["remaining-req"], "group=default; min=60; sec=1");
  assert.equal((await listOpen(exchange)).status, 200);
});

test("150 refusals within 5 s end in a 418 of 5 s, which later requests do not prolong", async (t) => {
  const { clock, exchange } = await withClock(t, { limits: { perSecond: 1 } });
  const replies = await inTurn(151, () => listOpen(exchange));
  assert.deepEqual(exchange.counts, { total: 151, 200: 1, 429: 150 });
  assert.equal(verdict(replies[150] ?? assert.fail()), "429 too_many_requests");

  clock.ms += 1500;
  const blocked = await listOpen(exchange);
  assert.equal(verdict(blocked), "418 account_blocked");
  assert.equal(blocked.headers["retry-after"], "4");
  assert.match(blocked.json.error.message, /blocked for 4 seconds/);
  assert.equal(blocked.headers["remaining-req"], "group=default; min=60; sec=0");
  clock.ms += 3499;
  assert.equal((await listOpen(exchange)).headers["retry-after"], "1");
  clock.ms += 1;
  assert.equal((await listOpen(exchange)).status, 200);
});

test("149 refusals, or 150 over more than 5 s, are not punished", async (t) => {
  const { clock, exchange } = await withClock(t, { limits: { perSecond: 1 } });
  await inTurn(150, () => listOpen(exchange));
  assert.equal(exchange.counts[429], 149);
  clock.ms += 5000;
  const replies = await inTurn(150, () => listOpen(exchange));
  assert.equal(replies.filter((reply) => reply.status === 418).length, 0);
  assert.equal(exchange.counts[429], 298);
});

test("every further block is twice as long, up to 60 s", async (t) => {
  const { clock, exchange } = await withClock(t, { limits: { perSecond: 1, refusalsBeforeBlock: 2 } });
  const seconds = [];
  for (let offence = 0; offence < 6; offence += 1) {
    await inTurn(3, () => listOpen(exchange));
    const blocked = await listOpen(exchange);
    seconds.push(Number(blocked.headers["retry-after"]));
    clock.ms += 60_000;
  }
  assert.deepEqual(seconds, [5, 10, 20, 40, 60, 60]);
});

test("after a block the refusals are counted afresh", async (t) => {
  const limits = { perSecond: 1, refusalsBeforeBlock: 2, firstBlockMs: 1000 };
  const { clock, exchange } = await withClock(t, { limits });
  await inTurn(3, () => listOpen(exchange));
  clock.ms += 1000;
  const replies = await inTurn(4, () => listOpen(exchange));
  assert.deepEqual(
    replies.map((reply) => reply.status),
    [200, 429, 429, 418],
  );
});

test("a block ends the account's cancels, not those of another", async (t) => {
  const key = { accessKey: "other", secretKey: "other-secret" };
  const { exchange } = await withClock(t, {
    limits: { perSecond: 1, refusalsBeforeBlock: 1 },
    keys: { other: { ...key, account: "other" } },
  });
  await inTurn(2, () => listOpen(exchange));
  assert.equal((await cancel(exchange, `uuid=${EXAMPLE_UUID}`)).status, 418);
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
  assert.equal((await cancel(exchange, `uuid=${EXAMPLE_UUID}`, { key })).status, 200);
});

test("limits: false refuses nothing", async (t) => {
  const { exchange } = await withClock(t, { limits: false });
  const replies = await inTurn(40, () => listOpen(exchange));
  assert.deepEqual(new Set(replies.map(verdict)), new Set(["200"]));
  assert.equal(replies[39]?.headers["remaining-req"], "group=default; min=1800; sec=30");
});
