// The examples of the README, run as they are written.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const consumer = new URL("../../target/consumer/", import.meta.url);
const redirect = new URL("redirect-to-practice.js", import.meta.url).href;

/** @param {string} language @returns {string[]} */
const examples = (language) =>
  [...readme.matchAll(/^```(\w+)\n(.*?)^```/gms)].filter((match) => match[1] === language).map((match) => match[2] ?? "");

/**
 * Runs a program in the folder of the consumer.
 * @param {import("node:test").TestContext} t
 * @param {string} name
 * @param {string} source
 * @param {import("../../js/practice/exchange.js").Exchange} exchange
 */
async function run(t, name, source, exchange) {
  const file = fileURLToPath(new URL(name, consumer));
  writeFileSync(file, source);
  t.after(() => rmSync(file, { force: true }));
  const { accessKey, secretKey } = exchange.keys.trader;
  const env = { ...process.env, UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey, PRACTICE_URL: exchange.url };
  const child = spawn(process.execPath, ["--import", redirect, file], { env, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (output.stderr += text));
  const [code] = await once(child, "close");
  return { code, ...output };
}

/** @param {string} source */
const withRequire = (source) =>
  `(async () => {${source.replace(/^import (\{.*?\}) from ("[^"]+");/m, "const $1 = require($2);")}\n})();`;

test("the README has its examples", () => {
  assert.equal(examples("js").length, 2);
  assert.equal(examples("html").length, 1);
});

for (const [kind, name, change] of /** @type {const} */ ([
  ["import", "example.mjs", (/** @type {string} */ source) => source],
  ["require", "example.cjs", withRequire],
])) {
  test(`one order, with ${kind}: canceled, and then not found`, async (t) => {
    const exchange = await openExchange(t);
    const source = change(examples("js")[0] ?? "");
    const first = await run(t, name, source, exchange);
    assert.deepEqual(first, { code: 0, stdout: "Canceled: bid 1.0 SGD-BTC at 153559.00\n", stderr: "" });
    const second = await run(t, name, source, exchange);
    assert.match(second.stderr, /^rejected, order not_canceled: .*order_not_found.* Check the UUID/);
    assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
  });

  test(`many orders, with ${kind}`, async (t) => {
    const exchange = await openExchange(t);
    const { code, stdout, stderr } = await run(t, name, change(examples("js")[1] ?? ""), exchange);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^1 of 2\n2 of 2\npractice-ask-1 canceled, \S+ left\n연습-주문-1 canceled, \S+ left\n$/);
  });
}
