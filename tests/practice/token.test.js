import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { decodeJwt } from "jose";
import { call, cancel, EXAMPLE_UUID, listOpen, openExchange, send, signToken, verdict } from "./sign.js";

const QUERY = `uuid=${EXAMPLE_UUID}`;
const PATH = `/v1/order?${QUERY}`;

/** @param {object} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/**
 * The last letter of 64 bytes in base64url carries two bits; its neighbour decodes to the same ones.
 * @param {string} letter
 */
const nextLetter = (letter) => String.fromCharCode(letter.charCodeAt(0) + 1);

for (const alg of ["HS512", "HS256"]) {
  test(`a token signed with ${alg} is accepted`, async (t) => {
    const exchange = await openExchange(t);
    const reply = await cancel(exchange, QUERY, { header: { alg } });
    assert.equal(reply.status, 200);
    assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), false);
  });
}

test("query_hash_alg may be left out", async (t) => {
  const exchange = await openExchange(t);
  assert.equal((await cancel(exchange, QUERY, { claims: { query_hash_alg: undefined } })).status, 200);
});

/** @type {[string, string | undefined][]} */
const NO_TOKENS = [
  ["no Authorization", undefined],
  ["another scheme", "Basic cHJhY3RpY2U6c2VjcmV0"],
  ["no token", "Bearer "],
  ["two tokens", "Bearer a.b.c d.e.f"],
];
for (const [what, authorization] of NO_TOKENS) {
  test(`no_authorization_token: ${what}`, async (t) => {
    const exchange = await openExchange(t);
    const headers = authorization === undefined ? {} : { Authorization: authorization };
    assert.equal(verdict(await send(exchange, "DELETE", PATH, headers)), "401 no_authorization_token");
    assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
  });
}

test("jwt_verification: tokens that are no JWT", async (t) => {
  const exchange = await openExchange(t);
  const good = await signToken({ key: exchange.keys.trader, query: QUERY });
  const [head = "", payload = "", mac = ""] = good.split(".");
  const invalidUtf8 = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString("base64url");
  const tokens = [
    "abc",
    "..",
    `${head}.${payload}`,
    `${good}.${mac}`,
    `${head}=.${payload}.${mac}`,
    `${head}.${payload}.${mac}+/`,
    `${head}.${payload}.${mac}==`,
    `${head}.${payload}.${mac.slice(0, -1)}${nextLetter(mac.slice(-1))}`,
    `${part([])}.${payload}.${mac}`,
    `${head}.${part([])}.${mac}`,
    `${head}.${Buffer.from("null").toString("base64url")}.${mac}`,
    `${head}.${Buffer.from("{").toString("base64url")}.${mac}`,
    `${head}.${invalidUtf8}.${mac}`,
  ];
  for (const token of tokens) {
    const reply = await send(exchange, "DELETE", PATH, { Authorization: `Bearer ${token}` });
    assert.equal(verdict(reply), "401 jwt_verification", token);
  }
});

test("jwt_verification: algorithms and types that are not allowed", async (t) => {
  const exchange = await openExchange(t, { limits: false });
  const { accessKey, secretKey } = exchange.keys.trader;
  const good = await signToken({ key: exchange.keys.trader, query: QUERY });
  const [, payload = ""] = good.split(".");
  for (const header of [
    { alg: "none", typ: "JWT" },
    { alg: "hs512", typ: "JWT" },
    { alg: "HS384", typ: "JWT" },
    { alg: ["HS512"], typ: "JWT" },
    { alg: "__proto__", typ: "JWT" },
    { typ: "JWT" },
    { alg: "HS512" },
    { alg: "HS512", typ: "at+jwt" },
    { alg: "HS512", typ: "JWT", crit: ["exp"] },
  ]) {
    const input = `${part(header)}.${payload}`;
    const mac = createHmac("sha512", secretKey).update(input).digest("base64url");
    const reply = await send(exchange, "DELETE", PATH, { Authorization: `Bearer ${input}.${mac}` });
    assert.equal(verdict(reply), "401 jwt_verification", JSON.stringify(header));
    const unsigned = await send(exchange, "DELETE", PATH, { Authorization: `Bearer ${input}.` });
    assert.equal(verdict(unsigned), "401 jwt_verification", `unsigned ${JSON.stringify(header)}`);
    assert.doesNotMatch(reply.text + unsigned.text, new RegExp(`${accessKey}|${secretKey}`));
  }
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
});

test("jwt_verification: a signature by another secret, or over other claims", async (t) => {
  const exchange = await openExchange(t);
  const { trader, viewer } = exchange.keys;
  const stolen = { accessKey: trader.accessKey, secretKey: viewer.secretKey };
  assert.equal(verdict(await cancel(exchange, QUERY, { key: stolen })), "401 jwt_verification");

  const token = await signToken({ key: trader, query: QUERY });
  const [head = "", payload = "", mac = ""] = token.split(".");
  const forged = `${head}.${part({ ...decodeJwt(token), nonce: "another" })}.${mac}`;
  const shortened = `${head}.${payload}.${mac.slice(0, 44)}`;
  for (const bad of [forged, shortened]) {
    const reply = await send(exchange, "DELETE", PATH, { Authorization: `Bearer ${bad}` });
    assert.equal(verdict(reply), "401 jwt_verification");
  }
});

test("the secret is used as raw characters, Base64 or not", async (t) => {
  const key = { accessKey: "a", secretKey: "c2VjcmV0IGtleSDtgqQ=키" };
  const exchange = await openExchange(t, { keys: { mine: key } });
  assert.equal((await cancel(exchange, QUERY, { key })).status, 200);
});

test("invalid_access_key: unknown, missing or of another type", async (t) => {
  const exchange = await openExchange(t);
  const { trader } = exchange.keys;
  for (const access_key of ["no-such-key", "__proto__", "constructor", undefined, 7, [trader.accessKey]]) {
    const reply = await cancel(exchange, QUERY, { claims: { access_key } });
    assert.equal(verdict(reply), "401 invalid_access_key", String(access_key));
  }
});

test("expired_access_key: for whatever the expired key asks", async (t) => {
  const exchange = await openExchange(t);
  const { expired } = exchange.keys;
  assert.equal(verdict(await cancel(exchange, QUERY, { key: expired })), "401 expired_access_key");
  assert.equal(verdict(await listOpen(exchange, "", { key: expired })), "401 expired_access_key");
});

test("nonce_used: the second use, whatever became of the first", async (t) => {
  const exchange = await openExchange(t);
  const claims = { nonce: "once" };
  assert.equal(verdict(await cancel(exchange, "uuid=unknown", { claims })), "404 order_not_found");
  assert.equal(verdict(await cancel(exchange, QUERY, { claims })), "401 nonce_used");

  exchange.faults.next({ status: 503 });
  const hiccup = { nonce: "after a hiccup" };
  assert.equal(verdict(await cancel(exchange, QUERY, { claims: hiccup })), "503 practice_fault");
  assert.equal(verdict(await cancel(exchange, QUERY, { claims: hiccup })), "401 nonce_used");
});

test("a nonce is unique for its key only", async (t) => {
  const exchange = await openExchange(t);
  const { trader, viewer } = exchange.keys;
  const claims = { nonce: "once" };
  assert.equal((await listOpen(exchange, "", { key: viewer, claims })).status, 200);
  assert.equal((await listOpen(exchange, "", { key: trader, claims })).status, 200);
  assert.equal(verdict(await listOpen(exchange, "", { key: trader, claims })), "401 nonce_used");
});

test("a forged token uses up nobody's nonce", async (t) => {
  const exchange = await openExchange(t);
  const { trader, viewer } = exchange.keys;
  const claims = { nonce: "mine" };
  await cancel(exchange, QUERY, { claims, key: { ...viewer, accessKey: trader.accessKey } });
  assert.equal((await cancel(exchange, QUERY, { claims })).status, 200);
});

test("jwt_verification: no nonce, or none that is a short text", async (t) => {
  const exchange = await openExchange(t);
  for (const nonce of [undefined, "", 1_700_000_000_000, null, "n".repeat(129)]) {
    const reply = await cancel(exchange, QUERY, { claims: { nonce } });
    assert.equal(verdict(reply), "401 jwt_verification", String(nonce));
  }
});

test("a nonce may have 128 characters", async (t) => {
  const exchange = await openExchange(t);
  assert.equal((await cancel(exchange, QUERY, { claims: { nonce: "n".repeat(128) } })).status, 200);
});

test("every refusal of a token says what is wrong with it", async (t) => {
  const exchange = await openExchange(t);
  const { trader, viewer, expired } = exchange.keys;
  const stolen = { accessKey: trader.accessKey, secretKey: viewer.secretKey };
  await cancel(exchange, "uuid=unknown", { claims: { nonce: "once" } });
  /** @type {[string, Parameters<typeof cancel>[2], RegExp][]} */
  const rows = [
    [QUERY, { header: { typ: "at+jwt" } }, /typ must be JWT/],
    [QUERY, { header: { alg: "HS384" } }, /alg must be HS512 or HS256/],
    [QUERY, { claims: { access_key: "unknown" } }, /does not know the access_key/],
    [QUERY, { key: stolen }, /signature does not match/],
    [QUERY, { key: expired }, /has expired/],
    [QUERY, { claims: { nonce: "" } }, /nonce: a string of 1 to 128/],
    [QUERY, { claims: { nonce: "once" } }, /nonce has been used/],
    [QUERY, { claims: { query_hash: undefined } }, /has no query_hash/],
    [QUERY, { claims: { query_hash: "0" } }, /not the lowercase hex SHA-512/],
    [QUERY, { claims: { query_hash_alg: "SHA256" } }, /must be SHA512/],
    ["", { claims: { query_hash: "" } }, /Omit query_hash/],
  ];
  for (const [query, signing, words] of rows) {
    assert.match((await cancel(exchange, query, signing)).json.error.message, words);
  }
  const bare = await send(exchange, "DELETE", PATH);
  assert.match(bare.json.error.message, /Authorization: Bearer/);
  const garbled = await send(exchange, "DELETE", PATH, { Authorization: "Bearer a.b.c" });
  assert.match(garbled.json.error.message, /not a JWT of three base64url parts/);
  const critical = `${part({ alg: "HS512", typ: "JWT", crit: ["exp"] })}.${part({})}.AA`;
  const extended = await send(exchange, "DELETE", PATH, { Authorization: `Bearer ${critical}` });
  assert.match(extended.json.error.message, /critical extensions/);
});

test("invalid_query_payload: a hash that is missing, of another query, or of another kind", async (t) => {
  const exchange = await openExchange(t);
  const { query_hash } = decodeJwt(await signToken({ key: exchange.keys.trader, query: QUERY }));
  for (const claims of [
    { query_hash: undefined },
    { query_hash: undefined, query_hash_alg: undefined },
    { query_hash: "0".repeat(128) },
    { query_hash: String(query_hash).toUpperCase() },
    { query_hash: [query_hash] },
    { query_hash_alg: "SHA256" },
    { query_hash_alg: "sha512" },
    { query_hash_alg: null },
  ]) {
    const reply = await cancel(exchange, QUERY, { claims });
    assert.equal(verdict(reply), "401 invalid_query_payload", JSON.stringify(claims));
  }
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
});

test("invalid_query_payload: hash claims without a query", async (t) => {
  const exchange = await openExchange(t);
  for (const claims of [{ query_hash: "" }, { query_hash_alg: "SHA512" }]) {
    assert.equal(verdict(await cancel(exchange, "", { claims })), "401 invalid_query_payload");
  }
});

test("out_of_scope: the viewer can look up orders but not cancel", async (t) => {
  const exchange = await openExchange(t);
  const { viewer } = exchange.keys;
  assert.equal(verdict(await cancel(exchange, QUERY, { key: viewer })), "401 out_of_scope");
  assert.equal((await listOpen(exchange, "", { key: viewer })).status, 200);
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
});

test("out_of_scope: the canceler can cancel but not look up orders", async (t) => {
  const exchange = await openExchange(t);
  const { canceler: key } = exchange.keys;
  for (const [endpoint, query] of /** @type {[string, string][]} */ ([
    ["GET /v1/order", QUERY],
    ["GET /v1/orders/open", ""],
    ["GET /v1/orders/uuids", `uuids[]=${EXAMPLE_UUID}`],
  ])) {
    assert.equal(verdict(await call(exchange, endpoint, query, { key })), "401 out_of_scope", endpoint);
  }
  assert.equal((await cancel(exchange, QUERY, { key })).status, 200);
  assert.equal((await call(exchange, "DELETE /v1/orders/uuids", "identifiers[]=x", { key })).status, 200);
  assert.equal((await call(exchange, "DELETE /v1/orders/open", "", { key })).status, 200);
});

test("every endpoint wants a token whose hash fits, and no body", async (t) => {
  const exchange = await openExchange(t, { limits: { cancelAllWindowMs: 0 } });
  const { viewer } = exchange.keys;
  for (const [endpoint, query] of /** @type {[string, string][]} */ ([
    ["DELETE /v1/orders/uuids", `uuids[]=${EXAMPLE_UUID}`],
    ["DELETE /v1/orders/open", "count=1"],
    ["GET /v1/order", QUERY],
    ["GET /v1/orders/open", "market=SGD-BTC"],
    ["GET /v1/orders/uuids", `uuids[]=${EXAMPLE_UUID}`],
  ])) {
    const [method = "", path = ""] = endpoint.split(" ");
    const target = `${path}?${query}`;
    assert.equal(verdict(await send(exchange, method, target)), "401 no_authorization_token", endpoint);
    const claims = { query_hash: "0" };
    assert.equal(verdict(await call(exchange, endpoint, query, { claims })), "401 invalid_query_payload");
    const token = await signToken({ key: exchange.keys.trader, query });
    const headers = { Authorization: `Bearer ${token}`, "Content-Length": "2" };
    const withBody = await send(exchange, method, target, headers, "{}");
    assert.equal(verdict(withBody), "400 QUERY_PARAMETER_NOT_SUPPORTED", endpoint);
    const looks = method === "GET" ? "200" : "401 out_of_scope";
    assert.equal(verdict(await call(exchange, endpoint, query, { key: viewer })), looks, endpoint);
  }
  assert.equal(exchange.orders.open().length, 12);
});
