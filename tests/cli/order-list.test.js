import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { EXAMPLE_UUID } from "../practice/sign.js";
import { exchangeFor, jsonLines, keys, runAt, runCli } from "./run-cli.js";

const OTHER = "43685861-3d4b-4ec3-9913-21edd73bc256";

/** What a run would send. @param {string[]} args @param {import("./run-cli.js").RunOptions} [options] */
async function planned(args, options) {
  const ended = await runCli(["--region", "sg", "--dry-run", "--json", ...args], options);
  return { ...ended, requests: jsonLines(ended.stdout).map(({ request }) => request) };
}

/** @param {import("node:test").TestContext} t @param {string | Uint8Array} content */
function fileOf(t, content) {
  const folder = mkdtempSync(join(tmpdir(), "orders-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "orders.txt");
  writeFileSync(path, content);
  return path;
}

test("orders come from all kinds of arguments, in the order given", async (t) => {
  const path = fileOf(t, `identifier=b\n${OTHER}\n`);
  const args = ["--identifier", "a", EXAMPLE_UUID, "--file", path, "--identifier=-c", "--json"];
  const { status, requests, stderr } = await planned(args);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  assert.deepEqual(requests, [
    { identifier: "a" },
    { uuid: EXAMPLE_UUID },
    { identifier: "b" },
    { uuid: OTHER },
    { identifier: "-c" },
  ]);
  assert.deepEqual((await planned(["--", EXAMPLE_UUID])).requests, [{ uuid: EXAMPLE_UUID }]);
});

test("a file may have CRLF, a byte order mark, blank lines, comments and UTF-8 identifiers", async (t) => {
  const lines = [
    "\uFEFF# Orders to cancel",
    "",
    `  ${EXAMPLE_UUID}\t`,
    `${OTHER.toUpperCase()} # the big one`,
    "   ",
    "identifier=주문 #1 €🚀",
    "  identifier=a=b,c ",
    "  # identifier=no",
    "identifier=last, without a line end",
  ];
  const { status, requests } = await planned(["--file", fileOf(t, lines.join("\r\n"))]);
  assert.equal(status, 0);
  assert.deepEqual(requests, [
    { uuid: EXAMPLE_UUID },
    { uuid: OTHER.toUpperCase() },
    { identifier: "주문 #1 €🚀" },
    { identifier: "a=b,c" },
    { identifier: "last, without a line end" },
  ]);
});

test("10,000 lines on standard input are read in order", async () => {
  const wanted = Array.from({ length: 10_000 }, (_, index) => ({ identifier: `order-${index}` }));
  const input = wanted.map(({ identifier }) => `identifier=${identifier}\n`).join("");
  const { status, requests, stderr } = await planned(["--each", "--file", "-"], { input });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  assert.deepEqual(requests, wanted);
});

test("more than 30 orders are canceled by id, 20 per request; not with --each", async (t) => {
  const exchange = await exchangeFor(t);
  const input = exchange.orders
    .addMany(31)
    .map(({ uuid }) => `${uuid}\n`)
    .join("");
  const dry = await runAt(exchange, ["--dry-run", "--json", "--file", "-"], { input });
  const urls = jsonLines(dry.stdout).map(({ url }) => new URL(url));
  assert.deepEqual(
    urls.map(({ pathname, searchParams }) => [pathname, searchParams.size]),
    [
      ["/v1/orders/uuids", 20],
      ["/v1/orders/uuids", 11],
    ],
  );
  assert.equal(exchange.counts.total, 0);
  const ids = await runAt(exchange, ["--json", "--file", "-"], { input });
  assert.deepEqual([ids.status, exchange.counts.total], [0, 2]);
  assert.deepEqual(
    jsonLines(ids.stdout)
      .map(({ request }) => `${request.uuid}\n`)
      .join(""),
    input,
  );
  const each = exchange.orders.addMany(31).map(({ uuid }) => uuid);
  assert.equal((await runAt(exchange, ["--each", "--json", ...each])).status, 0);
  assert.ok(exchange.counts.total >= 2 + 31);
});

test("one invalid line: nothing is sent", async (t) => {
  const exchange = await exchangeFor(t);
  const good = Array.from({ length: 9_999 }, (_, index) => `identifier=order-${index}\n`).join("");
  const noUuid = [EXAMPLE_UUID.replaceAll("-", ""), `uuid=${EXAMPLE_UUID}`, `${EXAMPLE_UUID} ${OTHER}`];
  for (const line of [...noUuid, "identifier="]) {
    const { status, stdout, stderr } = await runAt(exchange, ["--file", "-"], { input: `${good}${line}\n` });
    assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
    assert.match(stderr, /^upbit-cancel-order: standard input:10000: /);
  }
  const path = fileOf(t, Buffer.from(`${EXAMPLE_UUID}\nidentifier=\xe9\n`, "latin1"));
  const latin1 = await runAt(exchange, ["--file", path]);
  assert.equal(latin1.status, 2);
  assert.ok(latin1.stderr.includes(`${path}:2: the identifier is not UTF-8 text`));
  assert.equal(exchange.counts.total, 0);
});

test("duplicates, also in another case, are sent and reported once", async (t) => {
  const exchange = await exchangeFor(t);
  const [first = "", second = ""] = exchange.orders.open().map(({ uuid }) => uuid);
  const identifier = "rebalance/2025-07:ETH+XRP";
  const args = ["--json", second, first, second.toUpperCase(), first, "--identifier", identifier];
  const input = `identifier=${identifier}\n${first.toUpperCase()}\n`;
  const { status, stdout, stderr } = await runAt(exchange, [...args, "--file", "-"], { input });
  assert.equal(status, 0);
  const names = jsonLines(stdout).map(({ request }) => request.uuid ?? request.identifier);
  assert.deepEqual(names, [second, first, identifier]);
  assert.equal(exchange.counts.total, 3);
  assert.match(stderr, /Skipped 4 duplicate orders/);
});

test("identifiers are case-sensitive, and differ from UUIDs with the same text", async () => {
  const identifiers = ["a", "A", OTHER].map((identifier) => `--identifier=${identifier}`);
  const { requests } = await planned([...identifiers, OTHER]);
  assert.equal(requests.length, 4);
});

test("--dry-run shows method, URL and claims, and sends nothing", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout, stderr } = await runAt(exchange, ["--dry-run", "--identifier", "주문 1"]);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  const [first, ...claims] = stdout.trimEnd().split("\n");
  assert.equal(first, `DELETE ${exchange.url}/v1/order?identifier=%EC%A3%BC%EB%AC%B8%201`);
  const names = claims.map((line) => line.trim().split(/\s+/)[0]);
  assert.deepEqual(names, ["access_key", "nonce", "query_hash", "query_hash_alg"]);
  assert.ok(stdout.includes(keys.accessKey));
  assert.equal(exchange.counts.total, 0);
});
