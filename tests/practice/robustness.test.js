import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { sendRaw } from "./raw-bytes.js";
import { seededRandom } from "./seeded-random.js";
import { cancel, EXAMPLE_UUID, listOpen, openExchange, signToken } from "./sign.js";

/**
 * @param {string | Buffer} target
 * @param {string} [headers]
 */
function request(target, headers = "") {
  const tail = ` HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`;
  return Buffer.concat([Buffer.from("DELETE "), Buffer.from(target), Buffer.from(tail, "latin1")]);
}

test("invalid_parameter: a space, non-ASCII and control characters in the URL", async (t) => {
  const exchange = await openExchange(t);
  for (const identifier of ["a b", "é", "주문", "a\tb", "a\u0001b", "a\u007fb", Buffer.from([0xff])]) {
    const target = Buffer.concat([Buffer.from("/v1/order?identifier="), Buffer.from(identifier)]);
    const answer = await sendRaw(exchange.port, request(target));
    assert.match(answer, /^HTTP\/1.1 400 Bad Request\r\n/, String(identifier));
    assert.match(answer, /\r\n\r\n\{"error":\{"name":"invalid_parameter","message":"[^"]+"\}\}$/);
    assert.match(answer, /\r\nRemaining-Req: group=default; min=1800; sec=30\r\n/);
  }
});

test("headers and URLs have a bound", async (t) => {
  const exchange = await openExchange(t);
  for (const bytes of [
    request(`/v1/order?uuid=${"x".repeat(20_000)}`),
    request("/v1/order", `Authorization: Bearer ${"x".repeat(20_000)}\r\n`),
  ]) {
    assert.match(await sendRaw(exchange.port, bytes), /^HTTP\/1.1 431 [\s\S]*"name":"bad_request"/);
  }
  await sendRaw(exchange.port, request(`/v1/order?uuid=${"x".repeat(1024 * 1024)}`));
  assert.equal((await listOpen(exchange)).status, 200);
});

test("bytes that are no HTTP", async (t) => {
  const exchange = await openExchange(t);
  const nonsense = ["hello\r\n\r\n", "\u0000\u0001\u0002", "DELETE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"];
  for (const bytes of nonsense) {
    assert.match(await sendRaw(exchange.port, bytes), /^HTTP\/1.1 400 /, JSON.stringify(bytes));
  }
  await sendRaw(exchange.port, request("/v1/order", "Transfer-Encoding: chunked\r\n\r\nnot-a-chunk"));
  await sendRaw(exchange.port, Buffer.from("CONNECT elsewhere:443 HTTP/1.1\r\nHost: elsewhere\r\n\r\n"));
  assert.equal((await listOpen(exchange)).status, 200);
});

test("a body beyond the limit is answered, and the connection ends", async (t) => {
  const exchange = await openExchange(t);
  const token = await signToken({ key: exchange.keys.trader });
  const head = request("/v1/order", `Authorization: Bearer ${token}\r\nContent-Length: 1000000000\r\n`)
    .toString("latin1")
    .replace("Connection: close", "Connection: keep-alive");
  const answer = await sendRaw(exchange.port, head + "x".repeat(70_000));
  assert.match(answer, /^HTTP\/1.1 400 [\s\S]*\r\nConnection: close\r\n[\s\S]*QUERY_PARAMETER_NOT_SUPPORTED/);
});

test("a caller that hangs up within its body changes nothing", async (t) => {
  const exchange = await openExchange(t);
  const query = `uuid=${EXAMPLE_UUID}`;
  const token = await signToken({ key: exchange.keys.trader, query });
  const head = request(`/v1/order?${query}`, `Authorization: Bearer ${token}\r\nContent-Length: 10\r\n`);
  const socket = connect(exchange.port, "127.0.0.1");
  socket.write(head);
  while (exchange.counts.total < 1) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => socket.once("close", resolve).destroy());
  assert.equal((await listOpen(exchange)).status, 200);
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
  assert.deepEqual(exchange.counts, { total: 2, 200: 1 });
});

test("hostile JSON in a token changes nothing", async (t) => {
  const exchange = await openExchange(t);
  const [head = "", , mac = ""] = (await signToken({ key: exchange.keys.trader })).split(".");
  for (const json of [
    '{"__proto__":{"access_key":"x","expired":false}}',
    '{"constructor":{"prototype":{"polluted":1}},"access_key":"__proto__"}',
    `${"[".repeat(5000)}${"]".repeat(5000)}`,
    `{"access_key":${'{"a":'.repeat(900)}1${"}".repeat(900)}}`,
    '"text"',
    "1e999",
    "",
  ]) {
    const token = `${head}.${Buffer.from(json).toString("base64url")}.${mac}`;
    assert.match(
      await sendRaw(exchange.port, request("/v1/order?uuid=x", `Authorization: Bearer ${token}\r\n`)),
      /^HTTP\/1.1 401 [\s\S]*"name":"(jwt_verification|invalid_access_key)"/,
    );
  }
  assert.equal("polluted" in {}, false);
});

test("it survives randomly corrupted requests", async (t) => {
  const exchange = await openExchange(t, { limits: false });
  const query = `uuid=${EXAMPLE_UUID}`;
  const random = seededRandom(20250704);
  for (let round = 0; round < 300; round += 1) {
    const token = await signToken({ key: exchange.keys.trader, query });
    const bytes = request(`/v1/order?${query}`, `Authorization: Bearer ${token}\r\n`);
    // Not within the last line ends: without them there is no request yet, and nothing to be answered.
    for (let i = 0; i <= random(4); i += 1) bytes[random(bytes.length - 8)] = random(256);
    const socket = connect(exchange.port, "127.0.0.1").on("error", () => {});
    socket.end(bytes);
    await new Promise((resolve) => socket.resume().once("close", resolve));
  }
  assert.equal(exchange.counts[500], undefined);
  assert.equal((await listOpen(exchange)).status, 200);
  assert.equal((await cancel(exchange, "identifier=practice-ask-1")).status, 200);
});
