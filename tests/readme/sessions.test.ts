// The sessions of the documents with the command line, as they are written but for place and keys.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { examplesOf, runSession } from "./documents.ts";

test("for those who come from the Python SDK: the same variables", async (t) => {
  const exchange = await openExchange(t);
  const [session = "", ...more] = examplesOf("docs/migration.md", "sh");
  assert.deepEqual(more, []);
  const { code, stdout, stderr } = await runSession(session, exchange);
  assert.equal(code, 0, stderr);
  const results = stdout.trimEnd().split("\n");
  assert.deepEqual(
    results.map((line) => JSON.parse(line).ok),
    [true, true],
  );
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});
