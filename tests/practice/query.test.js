import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { parseQuery } from "../../js/practice/query.ts";
import { call, cancel, EXAMPLE_UUID, openExchange, send, verdict } from "./sign.js";

const AWKWARD = [
  [" ", "a b", "+", "a+b", "%", "%41", "&", "a=b&uuid=c"],
  ["é", "주문", "👍", "!'()*", "/?#[]@:;,$", "\u0000"],
].flat();

/** @param {string} text */
const escaped = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);

/** @param {string} text */
const sha512 = (text) => createHash("sha512").update(text, "utf8").digest("hex");

test("the query hash covers the decoded text, whatever the identifier holds", async (t) => {
  const exchange = await openExchange(t);
  for (const identifier of AWKWARD) {
    const { uuid } = exchange.orders.add({ identifier });
    const query_hash = sha512(`identifier=${identifier}`);
    const reply = await cancel(exchange, `identifier=${escaped(identifier)}`, { claims: { query_hash } });
    assert.equal(reply.status, 200, JSON.stringify(identifier));
    assert.equal(reply.json[0].uuid, uuid);
    assert.equal(exchange.requests.at(-1)?.identifier, identifier);
  }
});

test("the hash of the encoded text is refused", async (t) => {
  const exchange = await openExchange(t);
  exchange.orders.add({ identifier: "a+b" });
  const query_hash = sha512("identifier=a%2Bb");
  assert.equal(
    verdict(await cancel(exchange, "identifier=a%2Bb", { claims: { query_hash } })),
    "401 invalid_query_payload",
  );
});

test("the parameters are hashed in the order sent", async (t) => {
  const exchange = await openExchange(t);
  const query = `uuid=${EXAMPLE_UUID}&identifier=x`;
  const sorted = sha512(`identifier=x&uuid=${EXAMPLE_UUID}`);
  assert.equal(
    verdict(await cancel(exchange, query, { claims: { query_hash: sorted } })),
    "401 invalid_query_payload",
  );
  assert.equal((await cancel(exchange, query)).status, 200);
});

test("invalid_parameter: a reserved character that is not percent-encoded", async (t) => {
  const exchange = await openExchange(t, { limits: false });
  for (const character of ":+!'()*,;/?@$#[]=\"<>\\^`{|}") {
    const identifier = `a${character}b`;
    exchange.orders.add({ identifier });
    const reply = await cancel(exchange, `identifier=${identifier}`);
    assert.equal(verdict(reply), "400 invalid_parameter", identifier);
  }
});

test("invalid_parameter: percent-encoding that is malformed or not UTF-8", async (t) => {
  const exchange = await openExchange(t);
  for (const value of ["%", "%4", "%zz", "a%", "%ff", "%c3%28", "%ed%a0%80"]) {
    const reply = await cancel(exchange, `identifier=${value}`, { query: "identifier=x" });
    assert.equal(verdict(reply), "400 invalid_parameter", value);
  }
});

test("invalid_parameter: the same parameter twice, however it is spelt", async (t) => {
  const exchange = await openExchange(t);
  for (const query of [`uuid=${EXAMPLE_UUID}&uuid=${EXAMPLE_UUID}`, `uuid=${EXAMPLE_UUID}&%75uid=other`]) {
    assert.equal(verdict(await cancel(exchange, query)), "400 invalid_parameter");
  }
  assert.equal(exchange.orders.isOpen(EXAMPLE_UUID), true);
});

test("a refused query is told what is wrong with it", () => {
  const reserved = /empty parameter or a reserved character/;
  /** @type {[RegExp, string[]][]} */
  const refusals = [
    [reserved, ["=", ":a=1", "a:=1", "%=1", "%4=1", "%zz=1", "a%4=1", "a=%4", "a=%zz", "a[=[", "a=1&"]],
    [/occurs twice/, ["a=1&a=2", "a&a", "a=1&%61=2"]],
    [/not valid UTF-8/, ["a=%ff", "%ff=a"]],
  ];
  for (const [message, queries] of refusals) {
    for (const query of queries) assert.throws(() => parseQuery(query), { message }, query);
  }
});

test("what is no refusal: no query at all, brackets in a name, a parameter without a value", () => {
  assert.deepEqual(parseQuery(""), { text: "", params: new Map() });
  assert.deepEqual(parseQuery("a[]=%4A%4a").params, new Map([["a[]", ["JJ"]]]));
  assert.deepEqual(
    parseQuery("%5B%5d&b=").params,
    new Map([
      ["[]", [""]],
      ["b", [""]],
    ]),
  );
});

/** Names in alphabetical order, brackets and commas percent-encoded; hashed is the decoded text. */
const SDK_QUERIES = [
  ["DELETE /v1/order", `uuid=${EXAMPLE_UUID}`],
  ["GET /v1/order", "identifier=practice-refused&uuid=7e570005-0000-4000-8000-000000000005"],
  ["GET /v1/orders/open", "limit=10&market=SGD-BTC&order_by=asc&page=1&states%5B%5D=wait&states%5B%5D=watch"],
  ["GET /v1/orders/uuids", `market=SGD-BTC&order_by=asc&uuids%5B%5D=${EXAMPLE_UUID}&uuids%5B%5D=x`],
  [
    "DELETE /v1/orders/uuids",
    "identifiers%5B%5D=%EC%97%B0%EC%8A%B5-%EC%A3%BC%EB%AC%B8-1&identifiers%5B%5D=b",
  ],
  [
    "DELETE /v1/orders/open",
    "cancel_side=all&count=2&excluded_pairs=SGD-ETH%2CBTC-XRP&order_by=asc&quote_currencies=SGD%2CBTC",
  ],
];

test("queries as the official Python SDK writes them", async (t) => {
  const exchange = await openExchange(t);
  for (const [endpoint = "", query] of SDK_QUERIES) {
    const reply = await call(exchange, endpoint, query, { header: { alg: "HS256" } });
    assert.equal(reply.status, 200, endpoint);
  }
});

test("invalid_parameter: empty parameters", async (t) => {
  const exchange = await openExchange(t);
  for (const query of ["&", `uuid=${EXAMPLE_UUID}&`, "=x"]) {
    assert.equal(verdict(await cancel(exchange, query)), "400 invalid_parameter", query);
  }
});

test("an unreadable query is told before a missing token", async (t) => {
  const exchange = await openExchange(t);
  assert.equal(verdict(await send(exchange, "DELETE", "/v1/order?identifier=a+b")), "400 invalid_parameter");
});
