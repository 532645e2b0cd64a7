import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID } from "../practice/sign.js";
import { exchangeFor, jsonLines, runAt, runCli } from "./run-cli.js";

const NOWHERE = "00000000-0000-4000-8000-000000000000";

test("one order: a line with what it was, nothing else, status 0", async (t) => {
  const exchange = await exchangeFor(t);
  assert.deepEqual(await runAt(exchange, [EXAMPLE_UUID]), {
    status: 0,
    stdout: `canceled      ${EXAMPLE_UUID}  SGD-BTC bid, 1.0 left at 153559.00\n`,
    stderr: "",
  });
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});

test("each kind of order is told with what it has", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout } = await runAt(
    exchange,
    exchange.orders.open().map(({ uuid }) => uuid),
  );
  assert.equal(status, 0);
  const told = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^canceled +\S+  /, ""));
  assert.deepEqual(told, [
    "SGD-BTC bid, 1.0 left at 153559.00",
    "SGD-ETH ask, 2.3 of 3.5 left at 4555.50",
    "SGD-XRP bid, 2500 left at 3.95",
    "IDR-BTC bid, 0.015 left at 1740000000",
    "THB-BTC ask, 0.05 left at 3980000.00",
    "SGD-SOL bid price, 500 to spend",
    "SGD-DOGE ask market, 12000 left",
    "SGD-ADA bid best, 0 left at 1200",
    "SGD-ETH ask best, 0.75 left",
    "KRW-BTC bid, 0.15 of 0.25 left at 88000000",
    "USDT-BTC ask, 0.4 of 0.5 left at 121500.5",
    "SGD-BTC bid, 0.5 left at 139900.00",
  ]);
});

test("an order by its UTF-8 identifier, with region and keys from the environment", async (t) => {
  const exchange = await exchangeFor(t);
  const env = { UPBIT_BASE_URL: exchange.url };
  const { status, stdout } = await runCli(["--identifier", "연습-주문-1"], { env });
  assert.equal(status, 0);
  assert.match(stdout, /^canceled +identifier=연습-주문-1  KRW-BTC bid, 0\.15 of 0\.25 left at 88000000\n$/);
});

test("failures are named with their outcome, counted on standard error, and the status is 1", async (t) => {
  const exchange = await exchangeFor(t);
  const [first = "", second = ""] = exchange.orders.open().map(({ uuid }) => uuid);
  exchange.faults.next({ order: second, body: "html" });
  const { status, stdout, stderr } = await runAt(exchange, [first, NOWHERE, second]);
  assert.equal(status, 1);
  const lines = stdout.trimEnd().split("\n");
  assert.match(lines[0] ?? "", new RegExp(`^canceled +${first}  SGD-BTC`));
  assert.match(lines[1] ?? "", new RegExp(`^not canceled  ${NOWHERE}  .*HTTP 404 order_not_found`));
  assert.match(lines[2] ?? "", /^ {14}\S/, "the hint");
  assert.match(lines[3] ?? "", new RegExp(`^UNKNOWN +${second}  `));
  assert.match(lines[4] ?? "", /open orders/);
  assert.deepEqual(stderr.trimEnd().split("\n"), [
    "1 of 3 canceled",
    "1 not canceled by anything that was sent",
    "1 UNKNOWN: may or may not be canceled; look at your open orders",
  ]);
});

test("--json: a CancelResult a line, nothing on standard error", async (t) => {
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

test("results keep the order given, whichever ends first", async (t) => {
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

test("every key of the practice exchange is told what is wrong with it", async (t) => {
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

test("what a server sends cannot steer the terminal", async (t) => {
  const exchange = await exchangeFor(t);
  const market = "SGD\x1b[2J\x9b\u202e-BTC\nnext";
  exchange.faults.next({ transform: ([order]) => [{ ...order, market }] });
  const { status, stdout } = await runAt(exchange, [EXAMPLE_UUID]);
  assert.equal(status, 0);
  assert.doesNotMatch(stdout.trimEnd(), /[\p{Cc}\u202e]/u);
});

test("an answer with nothing but a UUID is a success without details", async (t) => {
  const exchange = await exchangeFor(t);
  exchange.faults.next({ transform: ([order]) => ({ uuid: order.uuid }) });
  const { status, stdout } = await runAt(exchange, [EXAMPLE_UUID]);
  assert.equal(status, 0);
  assert.match(stdout, new RegExp(`^canceled +${EXAMPLE_UUID} *\n$`));
});

test("without a server the order is not canceled, and the line says so", async (t) => {
  const exchange = await exchangeFor(t);
  await exchange.close();
  const { status, stdout } = await runAt(exchange, ["--json", EXAMPLE_UUID]);
  assert.equal(status, 1);
  const [{ error }] = jsonLines(stdout);
  assert.deepEqual([error.kind, error.outcome], ["network", "not_canceled"]);
});
