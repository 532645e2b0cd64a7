import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { startExchange } from "../../js/practice/exchange.ts";
import { NonceMemory } from "../../js/practice/nonces.ts";
import { KEPT_REQUESTS, RequestLog } from "../../js/practice/request-log.ts";
import { cancel, EXAMPLE_UUID, listOpen, openExchange, send, verdict } from "./sign.js";

test("listens on a free port of the loopback, and says where", async (t) => {
  const [one, two] = [await openExchange(t), await openExchange(t)];
  assert.equal(one.url, `http://127.0.0.1:${one.port}`);
  assert.notEqual(one.port, two.port);
  assert.equal((await listOpen(one)).status, 200);
});

test("a port that is in use rejects", async (t) => {
  const { port } = await openExchange(t);
  await assert.rejects(startExchange({ port }), { code: "EADDRINUSE" });
});

test("close ends idle, half-open and unfinished connections, and may be called again", async () => {
  const exchange = await startExchange();
  const unfinished = "DELETE /v1/order HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n";
  const options = { port: exchange.port, host: "127.0.0.1", allowHalfOpen: true };
  const sockets = ["", "DELETE /v1/or", "nonsense\r\n\r\n", unfinished].flatMap((text) => {
    const [open, ended] = [connect(options), connect(options)];
    if (text !== "") open.write(text);
    ended.end(text);
    return [open, ended];
  });
  const ends = sockets.map(
    (socket) => new Promise((resolve) => socket.on("error", resolve).on("end", resolve).resume()),
  );
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  await Promise.all([exchange.close(), exchange.close()]);
  await exchange.close();
  await Promise.all(ends);
  for (const socket of sockets) socket.destroy();
  await assert.rejects(send(exchange, "GET", "/"), { code: "ECONNREFUSED" });
});

test("exchanges know nothing of each other", async (t) => {
  const [one, two] = [await openExchange(t), await openExchange(t)];
  const claims = { nonce: "once" };
  assert.equal((await cancel(one, `uuid=${EXAMPLE_UUID}`, { claims })).status, 200);
  assert.equal((await cancel(two, `uuid=${EXAMPLE_UUID}`, { claims })).status, 200);
});

test("the log holds each request as it came, token decoded, and what it was answered", async (t) => {
  const exchange = await openExchange(t, { now: () => 42 });
  await cancel(exchange, "identifier=a%2Fb", { header: { alg: "HS256" } });
  await send(exchange, "GET", "/nowhere?x=%zz", { Authorization: "Bearer a.b.c", "X-Test": "1" });
  const [first, second] = exchange.requests;
  assert.ok(first && second);
  const { headers, token, ...rest } = first;
  assert.deepEqual(rest, {
    method: "DELETE",
    url: "/v1/order?identifier=a%2Fb",
    path: "/v1/order",
    query: "identifier=a%2Fb",
    uuid: null,
    identifier: "a/b",
    names: ["a/b"],
    at: 42,
    status: 404,
  });
  assert.deepEqual(token?.header, { alg: "HS256", typ: "JWT" });
  assert.equal(token?.claims.access_key, exchange.keys.trader.accessKey);
  assert.match(headers.authorization ?? "", /^Bearer ey/);
  assert.equal(second.headers["x-test"], "1");
  assert.deepEqual([second.token, second.identifier, second.status], [null, null, 404]);
  assert.deepEqual(exchange.counts, { total: 2, 404: 2 });
});

test("the log keeps the last 5,000 and counts all", () => {
  const log = new RequestLog(() => 0);
  /** @type {any} */
  const incoming = { jwt: null, query: { params: new Map() } };
  for (let i = 0; i < KEPT_REQUESTS + 10; i += 1) log.add({ ...incoming, url: `/${i}` })(404);
  assert.equal(log.entries.length, 5000);
  assert.equal(log.entries[0]?.url, "/10");
  assert.deepEqual(log.counts, { total: 5010, 404: 5010 });
});

test("the nonce memory forgets the oldest when it is full", () => {
  const nonces = new NonceMemory(2);
  assert.deepEqual(
    ["a", "b", "c"].map((nonce) => nonces.use("key", nonce)),
    [true, true, true],
  );
  assert.deepEqual(
    ["c", "b", "a"].map((nonce) => nonces.use("key", nonce)),
    [false, false, true],
  );
});

test("no answer repeats a token or a key", async (t) => {
  const exchange = await openExchange(t, { limits: { perSecond: 8, refusalsBeforeBlock: 1 } });
  const { trader, viewer, expired } = exchange.keys;
  const replies = [
    await cancel(exchange, "uuid=x", { key: { ...trader, secretKey: "wrong" } }),
    await cancel(exchange, "uuid=x", { key: { accessKey: "unknown-access", secretKey: "unknown-secret" } }),
    await cancel(exchange, "uuid=x", { key: expired }),
    await cancel(exchange, "uuid=x", { key: viewer }),
    await cancel(exchange, "uuid=x", { claims: { nonce: "" } }),
    await cancel(exchange, "uuid=x", { claims: { query_hash: "" } }),
    await cancel(exchange, "uuid=a+b"),
    await cancel(exchange, ""),
    await cancel(exchange, "uuid=x"),
    await cancel(exchange, "uuid=x"),
    await cancel(exchange, "uuid=x"),
  ];
  const said = replies.map((reply) => reply.text + JSON.stringify(reply.headers)).join("\n");
  assert.equal(new Set(replies.map(verdict)).size, 11 - 1);
  assert.doesNotMatch(said, /ey[A-Za-z0-9_-]{10}|practice-(trader|viewer|expired)-|unknown-(access|secret)/);
});
