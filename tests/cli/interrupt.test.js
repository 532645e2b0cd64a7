import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { exchangeFor, jsonLines, Run } from "./run-cli.js";

/** @typedef {import("./run-cli.js").Exchange} Exchange */

/** Two seconds' worth of requests, so that a stop always comes before the end. @param {Exchange} exchange */
function manyOrders(exchange) {
  return exchange.orders.addMany(60).map(({ uuid }) => uuid);
}

/** One request for each order. @param {Exchange} exchange @param {string[]} uuids */
function startJson(exchange, uuids) {
  return new Run(["--base-url", exchange.url, "--each", "--json", ...uuids]);
}

/**
 * Each order is reported once, in turn, and as it is.
 * @param {Exchange} exchange
 * @param {string[]} uuids
 * @param {any[]} results
 */
function assertTruth(exchange, uuids, results) {
  assert.deepEqual(
    results.map(({ request }) => request.uuid),
    uuids,
  );
  for (const { ok, request, error } of results) {
    if (ok) assert.equal(exchange.orders.cancelCount(request.uuid), 1);
    else if (error.outcome === "not_canceled") assert.ok(exchange.orders.isOpen(request.uuid));
  }
}

for (const { signal, exit } of /** @type {const} */ ([
  { signal: "SIGINT", exit: 130 },
  { signal: "SIGTERM", exit: 143 },
  { signal: "SIGHUP", exit: 129 },
])) {
  test(`${signal} stops a batch, awaits what is in flight, accounts for all: ${exit}`, async (t) => {
    const exchange = await exchangeFor(t);
    const uuids = manyOrders(exchange);
    // Sent together with the first, and answered after the stop.
    exchange.faults.next({ order: uuids[4] ?? "", latencyMs: 700 });
    const run = startJson(exchange, uuids);
    await run.shows("stdout", "\n");
    run.child.kill(signal);
    const { status, stdout, stderr } = await run.end();
    assert.equal(status, exit);
    const results = jsonLines(stdout);
    assertTruth(exchange, uuids, results);
    assert.equal(results[4].ok, true);
    const failed = results.filter(({ ok }) => !ok);
    assert.ok(failed.length > 0, "the batch had ended before the signal");
    for (const { error } of failed) {
      assert.deepEqual([error.kind, error.outcome], ["aborted", "not_canceled"]);
    }
    assert.match(stderr, /^Stopping: /);
    assert.equal(exchange.counts.total, uuids.length - failed.length);
  });
}

test("a response that is too late leaves its order unknown", async (t) => {
  const exchange = await exchangeFor(t);
  const uuids = manyOrders(exchange);
  exchange.faults.next({ order: uuids[1] ?? "", hang: "before-headers" });
  const run = startJson(exchange, uuids);
  await run.shows("stdout", "\n");
  run.child.kill("SIGINT");
  const { status, stdout } = await run.end();
  assert.equal(status, 130);
  const results = jsonLines(stdout);
  assertTruth(exchange, uuids, results);
  assert.deepEqual([results[1].error.kind, results[1].error.outcome], ["aborted", "unknown"]);
});

test("a Ctrl-C that npm forwards counts once; a later one reports final results and exits at once", async (t) => {
  const exchange = await exchangeFor(t);
  const uuids = manyOrders(exchange);
  exchange.faults.next({ order: uuids[0] ?? "", hang: "before-headers" });
  exchange.faults.next({ order: uuids[9] ?? "", hang: "before-headers" });
  const run = startJson(exchange, uuids);
  // Results that are final, and wait for the first.
  while (exchange.counts.total < 12) await new Promise(setImmediate);
  await setTimeout(100);
  const since = performance.now();
  run.child.kill("SIGINT");
  await run.shows("stderr", "Stopping");
  assert.equal(run.stdout, "");
  run.child.kill("SIGINT");
  const again = setInterval(() => run.child.kill("SIGINT"), 50);
  const { status, stdout } = await run.end();
  clearInterval(again);
  assert.equal(status, 130);
  const results = jsonLines(stdout);
  assertTruth(exchange, uuids, results);
  assert.ok(results.filter(({ ok }) => ok).length >= 9, "what was final was withheld");
  assert.match(results[0].error.message, /exited before the response arrived/);
  assert.equal(results[0].error.outcome, "unknown");
  assert.ok(performance.now() - since < 1500, "it waited for the grace time");
});

test("two signals in a row, as npm sends for one Ctrl-C, count as one", async (t) => {
  const exchange = await exchangeFor(t);
  const uuids = manyOrders(exchange);
  exchange.faults.next({ order: uuids[4] ?? "", latencyMs: 700 });
  const run = startJson(exchange, uuids);
  await run.shows("stdout", "\n");
  run.child.kill("SIGINT");
  await run.shows("stderr", "Stopping");
  run.child.kill("SIGINT");
  const { status, stdout } = await run.end();
  assert.equal(status, 130);
  assertTruth(exchange, uuids, jsonLines(stdout));
});

test("after a closed pipe, sending stops and the rest is reported on standard error", async (t) => {
  const exchange = await exchangeFor(t);
  const uuids = manyOrders(exchange);
  const run = startJson(exchange, uuids);
  await run.shows("stdout", "\n");
  run.child.stdout.destroy();
  const { status, stdout, stderr } = await run.end();
  assert.equal(status, 1);
  const [notice, ...rest] = stderr.split("\n");
  assert.match(notice ?? "", /^Standard output was closed/);
  const told = new Set(jsonLines(rest.join("\n")).map(({ request }) => request.uuid));
  // What was on its way when the reader left is on neither side.
  const read = jsonLines(stdout.slice(0, stdout.lastIndexOf("\n") + 1));
  assertTruth(
    exchange,
    uuids.filter((uuid) => told.has(uuid)),
    jsonLines(rest.join("\n")),
  );
  assert.ok(told.size > 0 && read.length > 0 && read.length + told.size <= uuids.length);
  assert.ok(exchange.counts.total < uuids.length, "sending went on");
});

test("`| head -1` ends without a stack trace or an unhandled error", async (t) => {
  const exchange = await exchangeFor(t);
  const uuids = exchange.orders.open().map(({ uuid }) => uuid);
  const within = /** @type {[string, ...string[]]} */ (["sh", "-c", 'node "$@" | head -1', "sh"]);
  const run = new Run(["--base-url", exchange.url, ...uuids], { within });
  const { status, stdout, stderr } = await run.end();
  assert.equal(status, 0, "that of head");
  assert.equal(stdout.split("\n").length, 2);
  assert.doesNotMatch(stderr, /EPIPE|\n +at /);
});

test("a full disk: exit status 1, results on standard error, also with --dry-run", async (t) => {
  const exchange = await exchangeFor(t);
  const [first = "", second = ""] = exchange.orders.open().map(({ uuid }) => uuid);
  const within = /** @type {[string, ...string[]]} */ (["sh", "-c", 'node "$@" > /dev/full', "sh"]);
  for (const args of [["--dry-run", first], ["list"], ["list", "--json"], ["--help"]]) {
    const { status, stderr } = await new Run(["--base-url", exchange.url, ...args], { within }).end();
    assert.equal(status, 1, args.join(" "));
    assert.match(stderr, /standard output cannot be written \(ENOSPC\)/);
  }
  assert.equal(exchange.orders.cancelCount(first), 0);
  const { status, stderr } = await new Run(["--base-url", exchange.url, first, second], { within }).end();
  assert.equal(status, 1);
  assert.match(stderr, new RegExp(`${first}  SGD-BTC +canceled`));
});

test("after a block the command ends, wherever its output goes", async (t) => {
  const exchange = await exchangeFor(t);
  const within = /** @type {[string, ...string[]]} */ (["sh", "-c", 'node "$@" >&- 2>&-', "sh"]);
  const [first = ""] = exchange.orders.open().map(({ uuid }) => uuid);
  const { status } = await new Run(["--base-url", exchange.url, first], { within }).end();
  assert.equal(exchange.orders.cancelCount(first), 1);
  assert.ok(status === 0 || status === 1);
});
