// Options that are missing, misspelt or too many are told in words that help.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as installed from "../package/installed.js";
import { cancelOrder, cancelOrders, previewRequest, trader, UpbitClient } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";

const order = { uuid: EXAMPLE_UUID };
const valid = { accessKey: "a", secretKey: "s", baseUrl: "http://127.0.0.1:8" };

const refused = (message: RegExp) => ({
  name: "UpbitError",
  kind: "invalid_request",
  outcome: "not_canceled",
  attempts: 0,
  message,
});

/** Everything that takes a client's options refuses these. */
async function assertRefused(options: object, message: RegExp) {
  const wrong = options as typeof valid;
  assert.throws(() => new UpbitClient(wrong), refused(message));
  await assert.rejects(cancelOrder(order, wrong), refused(message));
  await assert.rejects(cancelOrders([order], wrong), refused(message));
}

for (const name of ["accessKey", "secretKey"]) {
  test(`${name} that is undefined is told so, with a word about the environment`, async () => {
    for (const options of [{ ...valid, [name]: undefined }, withoutMember(valid, name)]) {
      await assertRefused(options, new RegExp(`${name}.*undefined.*environment variable`));
    }
  });
}

function withoutMember(object: object, name: string) {
  return Object.fromEntries(Object.entries(object).filter(([member]) => member !== name));
}

/** What is written, and what was probably meant. */
const MISSPELT = {
  timeout: "timeoutMs",
  timeoutMS: "timeoutMs",
  timeoutms: "timeoutMs",
  retries: "maxRetries",
  maxRetry: "maxRetries",
  max_retries: "maxRetries",
  baseURL: "baseUrl",
  base_url: "baseUrl",
  algorithim: "algorithm",
  requestPerSecond: "requestsPerSecond",
  useAlgorithm: "algorithm",
};

for (const [written, meant] of Object.entries(MISSPELT)) {
  test(`the option ${written} is refused, and ${meant} is named`, () =>
    assertRefused({ ...valid, [written]: 5 }, new RegExp(`\`${written}\`.*\`${meant}\``)));
}

test("a call's options are held to the same", async () => {
  const client = new UpbitClient(valid);
  const call = { timeout: 5 } as object;
  await assert.rejects(client.cancelOrder(order, call), refused(/`timeout`.*`timeoutMs`/));
  await assert.rejects(client.cancelOrders([order], call), refused(/`timeout`.*`timeoutMs`/));
  const progress = { onprogress: () => {} } as object;
  await assert.rejects(client.cancelOrders([order], progress), refused(/`onprogress`.*`onProgress`/));
});

test("the client's own options are no options of a method's call", async () => {
  const client = new UpbitClient(valid);
  await assert.rejects(client.cancelOrder(order, { region: "sg" } as object), refused(/region/));
});

test("an option that resembles none is refused", () =>
  assertRefused({ ...valid, colour: "red" }, /`colour`/));

test("a preview refuses unknown options too", () =>
  assert.rejects(previewRequest(order, { ...valid, timeout: 5 } as typeof valid), refused(/`timeout`/)));

test("a member that is undefined counts as absent", async (t) => {
  const exchange = await openExchange(t);
  const absent = {
    region: undefined,
    algorithm: undefined,
    timeoutMs: undefined,
    maxRetries: undefined,
    requestsPerSecond: undefined,
    timeout: undefined,
    colour: undefined,
  };
  const call = { signal: undefined, timeoutMs: undefined, maxRetries: undefined, onProgress: undefined };
  const options = { ...trader(exchange), ...absent, ...call } as ReturnType<typeof trader>;
  const [first, second, third] = exchange.orders.addMany(3);
  await cancelOrder({ uuid: first?.uuid, identifier: undefined } as typeof order, options);
  const client = new UpbitClient({ ...trader(exchange), ...absent } as ReturnType<typeof trader>);
  await client
    .cancelOrder({ uuid: undefined, identifier: second?.identifier ?? "none" } as object, call as object)
    .catch((error) => assert.equal(error.code, "order_not_found"));
  const entries = [{ uuid: third?.uuid, identifier: undefined } as typeof order];
  const results = await client.cancelOrders(entries, call as object);
  assert.ok(results.every(({ ok }) => ok));
});

test("an order may have other members: an order of a list is one", async (t) => {
  const exchange = await openExchange(t);
  const [listed] = exchange.orders.addMany(1);
  await cancelOrder({ ...listed, note: "mine", timeout: 5 } as typeof order, trader(exchange));
});

test("requestsPerSecond is a whole number from 1 to 30", async () => {
  for (const requestsPerSecond of [0, -1, 31, 1.5, NaN, Infinity]) {
    await assertRefused({ ...valid, requestsPerSecond }, /requestsPerSecond.*1.*30/);
  }
  for (const requestsPerSecond of ["10", null, true, 10n, {}]) {
    await assertRefused({ ...valid, requestsPerSecond }, /requestsPerSecond.*number/);
  }
  for (const requestsPerSecond of [1, 15, 30]) new UpbitClient({ ...valid, requestsPerSecond }).close();
});

test("each function has its own name, and is a method of the same name", () => {
  const operations = Object.entries(installed).filter(([name]) => /^(cancel|get|list|preview)/.test(name));
  for (const [name, value] of operations) {
    assert.equal(Object(value).name, name);
    assert.equal(Reflect.get(UpbitClient.prototype, name)?.name, name);
  }
});

test("the client has no public names besides the documented ones", () => {
  assert.deepEqual(Object.getOwnPropertyNames(UpbitClient).sort(), ["length", "name", "prototype"]);
});
