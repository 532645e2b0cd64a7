// Wrong arguments: each is refused before anything is sent, by a message that names the field and shows no key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { cancelOrder, cancelOrders, previewRequest, trader, UpbitClient, UpbitError } from "./installed.js";

const ACCESS = "ACCESS-key-that-must-not-show";
const SECRET = "SECRET-key-that-must-not-show";
const LONE_SURROGATE = "\ud83d";

/** Field that must be named, and what is wrong. @type {[string, Record<string, unknown>][]} */
const WRONG_OPTIONS = [
  ["accessKey", { accessKey: undefined }],
  ["accessKey", { accessKey: "" }],
  ["accessKey", { accessKey: 7 }],
  ["accessKey", { accessKey: null }],
  ["accessKey", { accessKey: new String("a") }],
  ["accessKey", { accessKey: `${ACCESS}${LONE_SURROGATE}` }],
  ["secretKey", { secretKey: undefined }],
  ["secretKey", { secretKey: "" }],
  ["secretKey", { secretKey: [SECRET] }],
  ["secretKey", { secretKey: new TextEncoder().encode(SECRET) }],
  ["secretKey", { secretKey: `${SECRET}${LONE_SURROGATE}` }],
  ["region", { baseUrl: undefined }],
  ["region", { region: "sg" }],
  ["region", { baseUrl: undefined, region: "us" }],
  ["region", { baseUrl: undefined, region: "SG" }],
  ["region", { baseUrl: undefined, region: "" }],
  ["region", { baseUrl: undefined, region: 65 }],
  ["region", { baseUrl: undefined, region: null }],
  ["region", { baseUrl: undefined, region: "toString" }],
  ["baseUrl", { baseUrl: "" }],
  ["baseUrl", { baseUrl: 80 }],
  ["baseUrl", { baseUrl: new URL("https://example.com") }],
  ["baseUrl", { baseUrl: "example.com" }],
  ["baseUrl", { baseUrl: "/v1" }],
  ["baseUrl", { baseUrl: "http://example.com" }],
  ["baseUrl", { baseUrl: "http://localhost.example.com" }],
  ["baseUrl", { baseUrl: "http://192.168.0.1" }],
  ["baseUrl", { baseUrl: "http://127.0.0.1../" }],
  ["baseUrl", { baseUrl: "http://3232235521" }],
  ["baseUrl", { baseUrl: "ftp://localhost" }],
  ["baseUrl", { baseUrl: "file:///etc/passwd" }],
  ["baseUrl", { baseUrl: "javascript:alert(1)" }],
  ["baseUrl", { baseUrl: "https://user@example.com" }],
  ["baseUrl", { baseUrl: "https://:password@example.com" }],
  ["baseUrl", { baseUrl: "https://example.com?a=b" }],
  ["baseUrl", { baseUrl: "https://example.com/?" }],
  ["baseUrl", { baseUrl: "https://example.com/#fragment" }],
  ["algorithm", { algorithm: "none" }],
  ["algorithm", { algorithm: "hs512" }],
  ["algorithm", { algorithm: "HS384" }],
  ["algorithm", { algorithm: "" }],
  ["algorithm", { algorithm: null }],
  ["timeoutMs", { timeoutMs: -1 }],
  ["timeoutMs", { timeoutMs: 0 }],
  ["timeoutMs", { timeoutMs: NaN }],
  ["timeoutMs", { timeoutMs: Infinity }],
  ["timeoutMs", { timeoutMs: 2 ** 31 }],
  ["timeoutMs", { timeoutMs: "1000" }],
  ["timeoutMs", { timeoutMs: 1000n }],
  ["maxRetries", { maxRetries: -1 }],
  ["maxRetries", { maxRetries: 0.5 }],
  ["maxRetries", { maxRetries: NaN }],
  ["maxRetries", { maxRetries: Infinity }],
  ["maxRetries", { maxRetries: "2" }],
];

/** @type {[string, unknown][]} */
const WRONG_CALLS = [
  ["signal", { signal: {} }],
  ["signal", { signal: "abort" }],
  ["signal", { signal: null }],
  ["signal", { signal: new AbortController() }],
  ["timeoutMs", { timeoutMs: -0.5 }],
  ["maxRetries", { maxRetries: 1.5 }],
  ["options", null],
  ["options", 7],
];

/** @type {[string, unknown][]} */
const WRONG_ORDERS = [
  ["order", undefined],
  ["order", null],
  ["order", EXAMPLE_UUID],
  ["order", {}],
  ["order", []],
  ["uuid", { uuid: "" }],
  ["uuid", { uuid: 7 }],
  ["uuid", { uuid: null }],
  ["uuid", { uuid: "cdd92199-2897-4e14-9448-f923320408a" }],
  ["uuid", { uuid: `{${EXAMPLE_UUID}}` }],
  ["uuid", { uuid: ` ${EXAMPLE_UUID}` }],
  ["uuid", { uuid: EXAMPLE_UUID.replaceAll("-", "") }],
  ["identifier", { identifier: "" }],
  ["identifier", { identifier: 7 }],
  ["identifier", { identifier: LONE_SURROGATE }],
  ["identifier", { uuid: EXAMPLE_UUID, identifier: null }],
];

/** @param {unknown} error @param {string} field */
function assertRefused(error, field) {
  assert.ok(error instanceof UpbitError, inspect(error));
  assert.equal(error.name, "UpbitError");
  assert.equal(error.kind, "invalid_request");
  assert.equal(error.outcome, "not_canceled");
  assert.equal(error.attempts, 0);
  assert.deepEqual([error.status, error.code, error.retryAfterMs], [null, null, null]);
  assert.match(error.message, new RegExp(`\`${field}\``));
  const shown = `${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}${error.stack}`;
  assert.doesNotMatch(shown, /that-must-not-show/);
}

/** @param {Promise<unknown>} promise @param {string} field */
async function assertRejects(promise, field) {
  assertRefused(
    await promise.then(
      () => assert.fail("should have been refused"),
      (error) => error,
    ),
    field,
  );
}

test("wrong options are refused by every function", async (t) => {
  const exchange = await openExchange(t);
  const right = { accessKey: ACCESS, secretKey: SECRET, baseUrl: exchange.url };
  for (const [field, changes] of WRONG_OPTIONS) {
    const options = /** @type {any} */ ({ ...right, ...changes });
    await t.test(inspect(changes), async () => {
      await assertRejects(cancelOrder({ uuid: EXAMPLE_UUID }, options), field);
      await assertRejects(cancelOrders([{ uuid: EXAMPLE_UUID }], options), field);
      await assertRejects(previewRequest({ uuid: EXAMPLE_UUID }, options), field);
      assert.throws(
        () => new UpbitClient(options),
        (error) => {
          assertRefused(error, field);
          return true;
        },
      );
    });
  }
  for (const options of /** @type {any[]} */ ([undefined, null, "options", 7])) {
    await assertRejects(cancelOrder({ uuid: EXAMPLE_UUID }, options), "options");
    assert.throws(
      () => new UpbitClient(options),
      (error) => {
        assertRefused(error, "options");
        return true;
      },
    );
  }
  assert.equal(exchange.counts.total, 0);
});

test("wrong options of a call are refused", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  for (const [field, call] of WRONG_CALLS) {
    await assertRejects(client.cancelOrder({ uuid: EXAMPLE_UUID }, /** @type {any} */ (call)), field);
    await assertRejects(client.cancelOrders([{ uuid: EXAMPLE_UUID }], /** @type {any} */ (call)), field);
  }
  await assertRejects(client.cancelOrders([], /** @type {any} */ ({ onProgress: "call me" })), "onProgress");
  assert.equal(exchange.counts.total, 0);
});

test("wrong orders are refused", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  for (const [field, order] of WRONG_ORDERS) {
    await assertRejects(client.cancelOrder(/** @type {any} */ (order)), field);
  }
  for (const orders of /** @type {any[]} */ ([undefined, null, 7, {}, EXAMPLE_UUID])) {
    await assertRejects(client.cancelOrders(orders), "orders");
  }
  assert.equal(exchange.counts.total, 0);
});

test("a getter that throws is a wrong argument", async (t) => {
  const exchange = await openExchange(t);
  const secretive = {
    ...trader(exchange),
    get accessKey() {
      throw new Error(SECRET);
    },
  };
  await assertRejects(cancelOrder({ uuid: EXAMPLE_UUID }, /** @type {any} */ (secretive)), "accessKey");
  const { proxy, revoke } = Proxy.revocable({ uuid: EXAMPLE_UUID }, {});
  revoke();
  await assertRejects(cancelOrder(proxy, trader(exchange)), "uuid");
  assert.equal(exchange.counts.total, 0);
});

test("an iterable that throws is a wrong argument", async (t) => {
  const exchange = await openExchange(t);
  function* broken() {
    yield { uuid: EXAMPLE_UUID };
    throw new Error("no more");
  }
  await assertRejects(cancelOrders(broken(), trader(exchange)), "orders");
  assert.equal(exchange.counts.total, 0);
});

test("plain http is allowed on this machine", async () => {
  for (const host of [
    "localhost",
    "LOCALHOST",
    "127.0.0.1",
    "127.9.9.9",
    "2130706433",
    "[::1]",
    "[0:0::1]",
  ]) {
    const options = { accessKey: ACCESS, secretKey: SECRET, baseUrl: `http://${host}:8788/a` };
    const { url } = await previewRequest({ uuid: EXAMPLE_UUID }, options);
    assert.match(url, /:8788\/a\/v1\/order\?uuid=/);
  }
});

test("a closed client sends nothing", async (t) => {
  const exchange = await openExchange(t);
  const client = new UpbitClient(trader(exchange));
  client.close();
  client.close();
  await assertRejects(client.cancelOrder({ uuid: EXAMPLE_UUID }), "client");
  await assertRejects(client.cancelOrders([{ uuid: EXAMPLE_UUID }]), "client");
  await assertRejects(client.previewRequest({ uuid: EXAMPLE_UUID }), "client");
  await assertRejects(client.previewRequest([]), "client");
  assert.equal(exchange.counts.total, 0);
});
