// Runs the JavaScript examples of the documents unchanged.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { documents, examplesOf, read, runExample } from "./documents.ts";

/** What the examples of each document print on a fresh practice exchange. */
const OUTPUTS: Record<string, string[]> = {
  "README.md": ["Accepted: bid 1.0 SGD-BTC at 153559.00\n"],
  "README.ko.md": ["취소 접수: SGD-BTC bid, 주문 잔량 1.0, 주문 가격 153559.00\n"],
  "docs/usage.md": [
    "8c2054ed-9f63-4fdc-bb0b-1a7fbbb12e9b has ended\n",
    [
      "1 of 3",
      "2 of 3",
      "3 of 3",
      "practice-ask-1: accepted, 2.3 left",
      "연습-주문-1: accepted, 0.15 left",
      "not-mine: not_canceled, order_not_found",
      "",
    ].join("\n"),
    "2 of 2 canceled\nNo open orders left\n",
    "6 canceled, 0 not\n",
  ],
  "docs/errors.md": [
    [
      "practice-lost-answer: canceled, 0 of 1.0 executed before",
      "practice-filled-first: filled, do not place it again",
      "practice-ends-after-3s: unknown, last state wait",
      "practice-refused: still open, market_offline",
      "",
    ].join("\n"),
  ],
  "docs/rate-limits.md": ["5 sell orders are open\n"],
  "docs/testing.md": ["Canceled SGD-BTC\n"],
  "docs/migration.md": [
    "Accepted: 1.0 of 1.0 SGD-BTC\n",
    `${EXAMPLE_UUID} accepted\nd8f5f521-0224-4e3c-b16d-bea3bcb0fefa accepted\nno open orders left\n`,
    `${EXAMPLE_UUID}\n`,
  ],
};

test("every example of every document is tested", () => {
  const counts = documents.map((document) => [document, examplesOf(document, "js").length] as const);
  const expected = Object.entries(OUTPUTS).map(([document, outputs]) => [document, outputs.length] as const);
  assert.deepEqual(Object.fromEntries(counts.filter(([, count]) => count > 0)), Object.fromEntries(expected));
});

for (const [document, outputs] of Object.entries(OUTPUTS)) {
  for (const [index, stdout] of outputs.entries()) {
    test(`${document}, example ${index + 1}`, async (t) => {
      const exchange = await openExchange(t);
      const source = examplesOf(document, "js")[index] ?? "";
      assert.deepEqual(await runExample(t, "example.mjs", source, exchange), { code: 0, stdout, stderr: "" });
    });
  }
}

test("docs/errors.md shows the output of its example", () => {
  const [, shown] = /fail on purpose.*?```\n(.*?)```/s.exec(read("docs/errors.md")) ?? [];
  assert.equal(shown, OUTPUTS["docs/errors.md"]?.[0]);
});

test("README example with require, and for an order that is gone", async (t) => {
  const exchange = await openExchange(t);
  const [source = ""] = examplesOf("README.md", "js");
  const required = source.replace(/^import (\{.*?\}) from ("[^"]+");/m, "const $1 = require($2);");
  const run = () => runExample(t, "example.cjs", `(async () => {${required}\n})();`, exchange);
  assert.deepEqual(await run(), { code: 0, stdout: OUTPUTS["README.md"]?.[0], stderr: "" });
  assert.match((await run()).stderr, /^rejected, not_canceled: .*order_not_found.*\. Check the UUID/);
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});

test("the ccxt migration example: order not found, then unknown outcome", async (t) => {
  const exchange = await openExchange(t);
  const [source = ""] = examplesOf("docs/migration.md", "js");
  const run = async () => (await runExample(t, "example.mjs", source, exchange)).stdout;
  await run();
  assert.equal(await run(), "Already filled or canceled\n");
  exchange.faults.next({ status: 400, body: { error: { name: "nonce_used", message: "" } } });
  assert.equal(await run(), "May be canceled: check the open orders\n");
});
