import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID } from "../practice/sign.js";
import { exchangeFor, jsonLines, runAt, runCli } from "./run-cli.js";

const NOWHERE = "00000000-0000-4000-8000-000000000000";

test("one order: prints one line with its details, exit status 0", async (t) => {
  const exchange = await exchangeFor(t);
  assert.deepEqual(await runAt(exchange, [EXAMPLE_UUID]), {
    status: 0,
    stdout: `${EXAMPLE_UUID}  SGD-BTC    canceled: buy 1.0 BTC at 153,559.00, filled 0\n`,
    stderr: "",
  });
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});

test("every order type is printed with its fields", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout } = await runAt(
    exchange,
    exchange.orders.open().map(({ uuid }) => uuid),
  );
  assert.equal(status, 0);
  const told = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/).slice(1).join(" "));
  assert.deepEqual(told, [
    "SGD-BTC canceled: buy 1.0 BTC at 153,559.00, filled 0",
    "SGD-ETH canceled: sell 3.5 ETH at 4,555.50, filled 1.2",
    "SGD-XRP canceled: buy 2,500 XRP at 3.95, filled 0",
    "IDR-BTC canceled: buy 0.015 BTC at 1,740,000,000, filled 0",
    "THB-BTC canceled: sell 0.05 BTC at 3,980,000.00, filled 0",
    "SGD-SOL canceled: buy SOL for 500 SGD at market, filled 0",
    "SGD-DOGE canceled: sell 12,000 DOGE at market, filled 0",
    "SGD-ADA canceled: buy ADA for 1,200 SGD at best price, filled 0",
    "SGD-ETH canceled: sell 0.75 ETH at best price, filled 0",
    "KRW-BTC canceled: buy 0.25 BTC at 88,000,000, filled 0.1",
    "USDT-BTC canceled: sell 0.5 BTC at 121,500.5, filled 0",
    "SGD-BTC canceled: buy 0.5 BTC at 139,900.00, filled 0",
  ]);
});

test("an order by its UTF-8 identifier, with region and keys from the environment", async (t) => {
  const exchange = await exchangeFor(t);
  const env = { UPBIT_BASE_URL: exchange.url };
  const { status, stdout } = await runCli(["--identifier", "연습-주문-1"], { env });
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^identifier=연습-주문-1 +KRW-BTC +canceled: buy 0\.25 BTC at 88,000,000, filled 0\.1\n$/,
  );
});

test("failures have an outcome, reasons are printed once on standard error, exit status 1", async (t) => {
  const exchange = await exchangeFor(t);
  const [first = "", second = ""] = exchange.orders.open().map(({ uuid }) => uuid);
  const other = NOWHERE.replace("4000", "4001");
  exchange.faults.next({ order: second, body: "html" });
  const { status, stdout, stderr } = await runAt(exchange, [first, NOWHERE, second, other]);
  assert.equal(status, 1);
  const lines = stdout.trimEnd().split("\n");
  assert.match(lines[0] ?? "", new RegExp(`^${first}  SGD-BTC +canceled: buy`));
  assert.equal(lines[1], `${NOWHERE}  not canceled: order_not_found`);
  assert.equal(lines[2], `${second}  UNKNOWN: bad response`);
  assert.equal(lines[3], `${other}  not canceled: order_not_found`);
  const [sum, refused, unknown, ...rest] = stderr.split("\n");
  assert.equal(sum, "1 of 4 canceled");
  assert.match(refused ?? "", /^2 not canceled: .*HTTP 404 order_not_found.* \S/);
  assert.match(unknown ?? "", /^1 UNKNOWN: .*open orders/);
  assert.deepEqual(rest, [""]);
});

test("the reason of a single order is in its line", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout, stderr } = await runAt(exchange, [NOWHERE]);
  assert.deepEqual([status, stderr], [1, ""]);
  assert.match(stdout, new RegExp(`^${NOWHERE}  not canceled: .*HTTP 404 order_not_found.*\n$`));
});

test("--json: one CancelResult per line, nothing on standard error", async (t) => {
  const exchange = await exchangeFor(t);
  const order = exchange.orders.open()[0];
  const { status, stdout, stderr } = await runAt(exchange, ["--json", EXAMPLE_UUID, NOWHERE]);
  assert.deepEqual({ status, stderr }, { status: 1, stderr: "" });
  const [done, refused] = jsonLines(stdout);
  assert.deepEqual(done, { ok: true, request: { uuid: EXAMPLE_UUID }, order });
  const { message, hint, ...facts } = refused.error;
  assert.deepEqual(
    { ...refused, error: facts },
    {
      ok: false,
      request: { uuid: NOWHERE },
      error: {
        kind: "rejected",
        outcome: "not_canceled",
        status: 404,
        code: "order_not_found",
        retryAfterMs: null,
        attempts: 1,
      },
    },
  );
  assert.match(message, /order_not_found/);
  assert.match(hint, /\S/);
});

test("results are printed in the given order", async (t) => {
  const exchange = await exchangeFor(t);
  const uuids = exchange.orders.open().map(({ uuid }) => uuid);
  exchange.faults.next({ order: uuids[0] ?? "", latencyMs: 300 });
  const { stdout } = await runAt(exchange, ["--json", ...uuids]);
  assert.deepEqual(
    jsonLines(stdout).map(({ request }) => request.uuid),
    uuids,
  );
});

test("a block ends the batch: the rest is reported as not sent", async (t) => {
  const exchange = await exchangeFor(t);
  const uuids = exchange.orders.addMany(40).map(({ uuid }) => uuid);
  exchange.faults.next({ blocked: true, retryAfter: "60" });
  const { status, stdout } = await runAt(exchange, ["--json", ...uuids]);
  assert.equal(status, 1);
  const results = jsonLines(stdout);
  assert.equal(results.length, 40);
  for (const { ok, request, error } of results) {
    assert.equal(exchange.orders.cancelCount(request.uuid), ok ? 1 : 0);
    if (!ok) assert.deepEqual([error.kind, error.outcome], ["rate_limited", "not_canceled"]);
  }
});

test("every key of the practice exchange gets its own error", async (t) => {
  const exchange = await exchangeFor(t);
  for (const [name, code] of [
    ["viewer", "out_of_scope"],
    ["expired", "expired_access_key"],
  ]) {
    const { accessKey, secretKey } = exchange.keys[name ?? ""] ?? { accessKey: "", secretKey: "" };
    const env = { UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey };
    const { status, stdout, stderr } = await runAt(exchange, [EXAMPLE_UUID], { env });
    assert.equal(status, 1);
    assert.ok(stdout.includes(code ?? "") && !(stdout + stderr).includes(secretKey));
  }
});

const STEERING = "\x1b[2J\x07\x7f\x9b\u061c\u200e\u200f\u2028\u202a\u202e\u2066\u2069";

test("control characters from servers and arguments are escaped, and --json keeps them", async (t) => {
  const exchange = await exchangeFor(t);
  const market = `SGD${STEERING}-BTC\nnext`;
  const transform = (/** @type {any[]} */ [order]) => [{ ...order, market }];
  exchange.faults.next({ transform });
  const words = await runAt(exchange, [EXAMPLE_UUID]);
  assert.equal(words.status, 0);
  assert.match(words.stdout, /SGD\\u001b\[2J\\u0007\\u007f\\u009b\\u061c\\u200e/);
  const [first = ""] = exchange.orders.addMany(1).map(({ uuid }) => uuid);
  exchange.faults.next({ transform, order: first });
  const json = await runAt(exchange, ["--json", first, "--identifier", STEERING]);
  const [canceled, refused] = jsonLines(json.stdout);
  assert.deepEqual([canceled.order.market, refused.request.identifier], [market, STEERING]);
  const usage = await runAt(exchange, [`--${STEERING}`]);
  for (const text of [words.stdout, json.stdout, usage.stderr]) {
    assert.doesNotMatch(
      text.replaceAll("\n", ""),
      /[\p{Cc}\p{Zl}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
    );
  }
});

test("a response with only a UUID is a success without details", async (t) => {
  const exchange = await exchangeFor(t);
  exchange.faults.next({ transform: ([order]) => ({ uuid: order.uuid }) });
  const { status, stdout } = await runAt(exchange, [EXAMPLE_UUID]);
  assert.equal(status, 0);
  assert.match(stdout, new RegExp(`^${EXAMPLE_UUID}  canceled\n$`));
});

test("without a server, the order is reported as not canceled", async (t) => {
  const exchange = await exchangeFor(t);
  await exchange.close();
  const { status, stdout } = await runAt(exchange, ["--json", EXAMPLE_UUID]);
  assert.equal(status, 1);
  const [{ error }] = jsonLines(stdout);
  assert.deepEqual([error.kind, error.outcome], ["network", "not_canceled"]);
});
