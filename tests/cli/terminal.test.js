import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { EXAMPLE_UUID } from "../practice/sign.js";
import { pseudoTerminal } from "./pseudo-terminal.js";
import { exchangeFor, jsonLines, runAt } from "./run-cli.js";

/** @typedef {import("./run-cli.js").Exchange} Exchange */

const BAR = /\[=+ *\] {2}\d+\/12/;
const COLOR = "\x1b[3";
const ERASE = "\r\x1b[K";

/**
 * Standard output and standard error are the same terminal.
 * @param {Exchange} exchange
 * @param {string[]} args
 * @param {object} [env]
 */
function onTerminal(exchange, args, env = {}) {
  const within = /** @type {[string, ...string[]]} */ ([...pseudoTerminal(), process.execPath]);
  return runAt(exchange, args, { within, env: { TERM: "xterm", ...env } });
}

/** @param {Exchange} exchange */
const openUuids = (exchange) => exchange.orders.open().map(({ uuid }) => uuid);

/** What is left to see of an output once the bar has drawn over itself. @param {string} text */
function visible(text) {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  return lines.map((line) => line.split(ERASE).at(-1) ?? "");
}

test("on a terminal: colors, and a progress bar that is erased", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout } = await onTerminal(exchange, openUuids(exchange));
  assert.equal(status, 0);
  assert.match(stdout, BAR);
  assert.match(stdout, /12\/12 {2}\d+\/s {2}0 s left/);
  const lines = visible(stdout);
  assert.equal(lines.filter((line) => line.includes("\x1b[32mcanceled\x1b[39m: ")).length, 12);
  assert.equal(lines.at(-2), "12 of 12 canceled");
  assert.doesNotMatch(lines.join("\n"), BAR);
});

test("the progress bar counts failures", async (t) => {
  const exchange = await exchangeFor(t);
  const orders = [...openUuids(exchange).slice(1), "--identifier", "nowhere"];
  const { status, stdout } = await onTerminal(exchange, orders);
  assert.equal(status, 1);
  assert.match(stdout, /1 failed/);
});

test("no progress bar for one order", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout } = await onTerminal(exchange, [EXAMPLE_UUID]);
  assert.equal(status, 0);
  assert.ok(stdout.includes(COLOR));
  assert.ok(!stdout.includes(ERASE));
});

test("NO_COLOR disables colors, and a dumb terminal gets neither colors nor a bar", async (t) => {
  const exchange = await exchangeFor(t);
  const [first = "", second = "", ...rest] = openUuids(exchange);
  const plain = await onTerminal(exchange, rest, { NO_COLOR: "1" });
  assert.ok(!plain.stdout.includes(COLOR));
  assert.ok(plain.stdout.includes(ERASE));
  const dumb = await onTerminal(exchange, [first, second], { TERM: "dumb" });
  assert.ok(!dumb.stdout.includes("\x1b"));
});

test("redirected results are plain while the bar is on the terminal", async (t) => {
  const exchange = await exchangeFor(t);
  const folder = mkdtempSync(join(tmpdir(), "results-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const results = join(folder, "results.jsonl");
  const inner = [...pseudoTerminal(), "sh", "-c", '"$@" > "$RESULTS"', "sh", process.execPath];
  const within = /** @type {[string, ...string[]]} */ (inner);
  const env = { TERM: "xterm", RESULTS: results };
  const { status, stdout } = await runAt(exchange, ["--json", ...openUuids(exchange)], { within, env });
  assert.equal(status, 0);
  assert.match(stdout, BAR);
  assert.equal(jsonLines(readFileSync(results, "utf8")).length, 12);
});

test("without a terminal: no bar and no colors", async (t) => {
  const exchange = await exchangeFor(t);
  const env = { FORCE_COLOR: "1" };
  const { status, stdout, stderr } = await runAt(exchange, openUuids(exchange), { env });
  assert.equal(status, 0);
  assert.ok(!(stdout + stderr).includes("\x1b") && !(stdout + stderr).includes("\r"));
  assert.equal(stderr, "12 of 12 canceled\n");
});
