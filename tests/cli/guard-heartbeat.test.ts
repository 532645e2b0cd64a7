// `guard --heartbeat`: a command that hangs is ended, and its orders are canceled.
import assert from "node:assert/strict";
import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { folderFor, guard, lastLine, openIn } from "./guard-run.ts";
import { exchangeFor } from "./run-cli.js";

/** A heartbeat that stops when the command has beaten so often. */
const beats = (file: string, count: number) =>
  `i=0; while [ $i -lt ${count} ]; do touch ${file}; i=$((i+1)); sleep 0.2; done; sleep 100`;

test("heartbeat lost: SIGTERM, and the orders are canceled at once", async (t) => {
  const exchange = await exchangeFor(t);
  const file = join(folderFor(t), "alive");
  const since = performance.now();
  const { status, stderr } = await guard(exchange, beats(file, 10), [
    "--heartbeat",
    file,
    "--within",
    "1",
  ]).end();
  assert.ok(performance.now() - since > 2800, "it did not wait for the beats");
  assert.equal(status, 143);
  assert.match(
    lastLine(stderr),
    /alive was not touched for 1 s, and the command was ended by SIGTERM: 2 orders canceled, none left open$/,
  );
});

test("a missing heartbeat file counts from the start; a modification time in the future counts as a change", async (t) => {
  const exchange = await exchangeFor(t);
  const file = join(folderFor(t), "alive");
  assert.equal((await guard(exchange, "sleep 100", ["--heartbeat", file, "--within=0.5"]).end()).status, 143);
  writeFileSync(file, "");
  utimesSync(file, 4e9, 4e9);
  assert.equal((await guard(exchange, "sleep 100", ["--heartbeat", file, "--within=0.5"]).end()).status, 143);
  utimesSync(file, 4e9, 4e9);
  const beating = `for at in 1 2 3 4 5 6; do touch -d @$((4000000000 - at)) ${file} || exit 8; sleep 0.2; done`;
  assert.equal((await guard(exchange, beating, ["--heartbeat", file, "--within=1"]).end()).status, 0);
});

test("a command that ignores SIGTERM: its orders are canceled at once, and again after SIGKILL 5 s later", async (t) => {
  const exchange = await exchangeFor(t);
  const file = join(folderFor(t), "alive");
  const run = guard(exchange, "trap '' TERM; while :; do sleep 0.1; done", [
    "--heartbeat",
    file,
    "--within",
    "0.5",
  ]);
  while (openIn(exchange, "SGD-BTC") > 0) await sleep(20);
  const canceledAt = performance.now();
  assert.equal(run.child.exitCode, null);
  // It still trades.
  exchange.orders.add({ market: "SGD-BTC" });
  const { status, stderr } = await run.end();
  assert.equal(status, 137);
  assert.ok(performance.now() - canceledAt > 4000);
  assert.match(lastLine(stderr), /ended by SIGKILL: 3 orders canceled, none left open$/);
  assert.equal(openIn(exchange, "SGD-BTC"), 0);
});
