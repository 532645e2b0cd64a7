// The examples of docs/migration.md, run as they are written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { examplesOf, runExample, runSession } from "./run-example.js";

const [afterCcxt = "", many = "", afterScript = "", ...more] = examplesOf("docs/migration.md", "js");
const [session = "", ...moreSessions] = examplesOf("docs/migration.md", "sh");

test("the page has its examples", () => {
  assert.ok(afterScript !== "" && session !== "");
  assert.deepEqual([more, moreSessions], [[], []]);
});

test("from ccxt: canceled, then gone, then unknown", async (t) => {
  const exchange = await openExchange(t);
  const run = () => runExample(t, "from-ccxt.mjs", afterCcxt, exchange);
  assert.deepEqual(await run(), { code: 0, stdout: "Canceled: 1.0 of 1.0 SGD-BTC\n", stderr: "" });
  assert.deepEqual(await run(), { code: 0, stdout: "It was filled or canceled before\n", stderr: "" });
  exchange.faults.next({ status: 400, body: { error: { name: "nonce_used", message: "" } } });
  assert.deepEqual(await run(), {
    code: 0,
    stdout: "It may be canceled: look at the open orders\n",
    stderr: "",
  });
});

test("from a loop: a result for each order", async (t) => {
  const exchange = await openExchange(t);
  const { code, stdout, stderr } = await runExample(t, "from-loop.mjs", many, exchange);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^8c2054ed\S+ canceled\n00000000\S+ not_canceled: order_not_found\n$/);
});

test("from the Python SDK: the command line, with the same variables", async (t) => {
  const exchange = await openExchange(t);
  const { code, stdout, stderr } = await runSession(session, exchange);
  assert.equal(code, 0, stderr);
  const results = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    results.map(({ ok }) => ok),
    [true, true],
  );
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});

test("from a script of one's own", async (t) => {
  const exchange = await openExchange(t);
  const ran = await runExample(t, "from-script.mjs", afterScript, exchange);
  assert.deepEqual(ran, { code: 0, stdout: `${EXAMPLE_UUID}\n`, stderr: "" });
});
