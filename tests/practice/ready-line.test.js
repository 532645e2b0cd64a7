import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { TEST_ORDERS } from "../../js/practice/documented-orders.ts";
import { PRACTICE_KEYS } from "../../js/practice/keys.ts";
import { readyLine, readyText, testOrdersText } from "../../js/practice/ready-line.ts";
import { cancel, EXAMPLE_UUID, openExchange } from "./sign.js";

test("the ready line holds the URL, the documented keys and the open orders, and nothing else", async (t) => {
  const exchange = await openExchange(t);
  const line = JSON.parse(JSON.stringify(readyLine(exchange)));
  assert.deepEqual(line, { url: exchange.url, keys: PRACTICE_KEYS, orders: exchange.orders.open() });
  assert.deepEqual(Object.keys(line), ["url", "keys", "orders"]);
  assert.deepEqual(Object.keys(line.keys), ["trader", "viewer", "expired", "canceler"]);
  for (const key of Object.values(line.keys)) {
    assert.deepEqual(Object.keys(key), ["accessKey", "secretKey"]);
    assert.deepEqual([key.accessKey.length, key.secretKey.length], [40, 40]);
  }
});

test("it lists what is open when it is asked", async (t) => {
  const exchange = await openExchange(t);
  await cancel(exchange, `uuid=${EXAMPLE_UUID}`);
  assert.equal(readyLine(exchange).orders.length, 11);
});

test("the words name everything that is needed for a first cancel", async (t) => {
  const exchange = await openExchange(t);
  const text = readyText(exchange);
  for (const { accessKey, secretKey } of Object.values(exchange.keys)) {
    assert.ok(text.includes(accessKey) && text.includes(secretKey));
  }
  for (const { uuid } of exchange.orders.open()) assert.ok(text.includes(uuid));
  assert.match(text, /^ +export UPBIT_ACCESS_KEY=practice-trader-access-\d+$/m);
  assert.match(text, /^ +export UPBIT_SECRET_KEY=practice-trader-secret-\d+$/m);
  assert.ok(
    text.includes(`export UPBIT_BASE_URL=${exchange.url}\n  npx upbit-cancel-order ${EXAMPLE_UUID}\n`),
  );
  assert.ok(text.includes(`baseUrl: "${exchange.url}"`));
  assert.doesNotMatch(text, /\s$|[^\S\n]\n/);
});

test("the words name the orders that behave on purpose, and not more than 20 of the open ones", async (t) => {
  const exchange = await openExchange(t, { orders: 100 });
  const text = readyText(exchange);
  assert.match(text, /^ {2}7e570001-0000-4000-8000-000000000001 {2}practice-lost-answer$/m);
  assert.ok(text.includes(testOrdersText()));
  for (const { uuid, identifier, purpose } of TEST_ORDERS) {
    for (const word of [uuid, identifier, purpose]) assert.ok(testOrdersText().includes(word));
  }
  assert.match(text, /^Open orders \(112\)$/m);
  assert.match(text, /^ {2}and 92 more$/m);
  assert.equal(text.split("\n").filter((line) => / {2}(bid|ask) {2}/.test(line)).length, 20);
  assert.equal(readyLine(exchange).orders.length, 112);
});

test("the command opens so many more orders as it is told, until it is stopped", async (t) => {
  const command = new URL("../../js/practice/command.ts", import.meta.url).href;
  const code = `import { runPractice } from ${JSON.stringify(command)};
    await runPractice({ port: 0, json: true, orders: 5, stdout: process.stdout });`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code]);
  t.after(() => child.kill("SIGKILL"));
  const [line] = await once(createInterface(child.stdout), "line");
  assert.equal(JSON.parse(line).orders.length, 12 + 5);
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});
