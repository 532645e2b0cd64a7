// `list`, `status` and `all`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE_UUID } from "../practice/sign.js";
import { pseudoTerminal } from "./pseudo-terminal.js";
import { exchangeFor, jsonLines, Run, type RunOptions, runAt, runCli } from "./run-cli.js";

type Exchange = Awaited<ReturnType<typeof exchangeFor>>;

const NOWHERE = "00000000-0000-4000-8000-000000000000";
const OPEN = "GET /v1/orders/open";

const uuidsOf = (orders: { uuid: string }[]) => orders.map(({ uuid }) => uuid).sort();

/** Standard output and standard error are the same terminal. */
async function onTerminal(exchange: Exchange, args: string[], options: RunOptions = {}) {
  const within = [...pseudoTerminal(), process.execPath] as [string, ...string[]];
  const ended = await runAt(exchange, args, { ...options, within, env: { TERM: "xterm", ...options.env } });
  return { ...ended, stdout: ended.stdout.replaceAll("\r\n", "\n") };
}

/** How many requests other than looks were sent. */
const cancellations = ({ requests }: Exchange) => requests.filter(({ method }) => method === "DELETE").length;

test("list: one line per order that starts with the UUID", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout, stderr } = await runAt(exchange, ["list"]);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  const lines = stdout.trimEnd().split("\n");
  assert.deepEqual(
    uuidsOf(lines.map((line) => ({ uuid: line.slice(0, 36) }))),
    uuidsOf(exchange.orders.open()),
  );
  const example = lines.find((line) => line.startsWith(EXAMPLE_UUID)) ?? "";
  assert.match(example, /^\S+ {2}SGD-BTC +buy +1\.0 BTC {2}at 153,559\.00 +filled 0$/);
  const prices = lines.filter((line) => line.includes("  at ")).map((line) => line.indexOf("  at "));
  assert.equal(new Set(prices).size, 1, "the columns are not aligned");
});

test("list --json prints orders that --file accepts", async (t) => {
  const exchange = await exchangeFor(t);
  const open = exchange.orders.open();
  const { status, stdout, stderr } = await runAt(exchange, ["list", "--json"]);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  const listed = jsonLines(stdout);
  assert.deepEqual(uuidsOf(listed), uuidsOf(open));
  assert.deepEqual(
    listed.find(({ uuid }) => uuid === EXAMPLE_UUID),
    open.find(({ uuid }) => uuid === EXAMPLE_UUID),
  );
  const canceled = await runAt(exchange, ["--file", "-"], { input: stdout });
  assert.equal(canceled.status, 0);
  assert.equal(exchange.orders.open().length, 0);
});

test("list --market, --side; an empty list is not a failure", async (t) => {
  const exchange = await exchangeFor(t);
  const wanted = exchange.orders
    .open()
    .filter(({ market, side }) => /SGD-(BTC|ETH)/.test(market) && side === "bid");
  const args = ["--json", "--market", "SGD-BTC", "--market", "SGD-ETH", "--side", "bid"];
  assert.deepEqual(uuidsOf(jsonLines((await runAt(exchange, ["list", ...args])).stdout)), uuidsOf(wanted));
  const none = await runAt(exchange, ["list", "--market", "SGD-NONE"]);
  assert.deepEqual(none, { status: 0, stdout: "", stderr: "No open orders in SGD-NONE\n" });
});

test("list on a terminal: lines are cut to its width, Korean counts double", async (t) => {
  const exchange = await exchangeFor(t);
  exchange.orders.add({ identifier: "아주 긴 한국어 주문 식별자 ".repeat(4) });
  const within = [...pseudoTerminal(), "sh", "-c", 'stty cols 100 && exec "$@"', "sh", process.execPath];
  const options = { within: within as [string, ...string[]], env: { TERM: "xterm" } };
  const { status, stdout } = await runAt(exchange, ["list"], options);
  assert.equal(status, 0);
  const lines = stdout.split(/\r?\n/).filter((line) => /^[0-9a-f]{8}-/.test(line));
  assert.equal(lines.length, 13);
  const columns = (line: string) => line.length + (line.match(/[가-힣]/g)?.length ?? 0);
  for (const line of lines) assert.ok(columns(line) <= 100, line);
  assert.ok(lines.some((line) => line.endsWith("…") && columns(line) >= 99));
});

test("list reports a failure: exit status 1", async (t) => {
  const exchange = await exchangeFor(t);
  const { accessKey, secretKey } = exchange.keys.canceler;
  const env = { UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey };
  const { status, stdout, stderr } = await runAt(exchange, ["list"], { env });
  assert.deepEqual({ status, stdout }, { status: 1, stdout: "" });
  assert.match(stderr, /^upbit-cancel-order: .*out_of_scope/);
});

test("status: the state of an order by UUID and by identifier", async (t) => {
  const exchange = await exchangeFor(t);
  const [first = "", second = ""] = uuidsOf(exchange.orders.addMany(2));
  exchange.orders.fill(first);
  exchange.orders.cancel(second);
  const args = ["status", EXAMPLE_UUID, first, second, "--identifier", "연습-주문-1"];
  const { status, stdout, stderr } = await runAt(exchange, args);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  const lines = stdout.trimEnd().split("\n");
  for (const [at, state] of ["open", "filled", "canceled", "open"].entries()) {
    assert.match(lines[at] ?? "", new RegExp(`  ${state}(  |$)`));
  }
  const json = jsonLines((await runAt(exchange, [...args, "--json"])).stdout);
  assert.deepEqual(json.map(({ uuid, state, trades }) => [uuid, state, trades.length]).slice(0, 3), [
    [EXAMPLE_UUID, "wait", 0],
    [first, "done", 1],
    [second, "cancel", 0],
  ]);
});

test("status: an order that is not found is reported on standard error, exit status 1", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout, stderr } = await runAt(exchange, ["status", "--json", NOWHERE, EXAMPLE_UUID]);
  assert.equal(status, 1);
  assert.deepEqual(
    jsonLines(stdout).map(({ uuid }) => uuid),
    [EXAMPLE_UUID],
  );
  assert.match(stderr, new RegExp(`${NOWHERE}: .*order_not_found`));
  assert.equal((await runAt(exchange, ["status"])).status, 2);
});

test("all --yes: cancels the matching orders and no others", async (t) => {
  const exchange = await exchangeFor(t);
  const others = exchange.orders.open().filter(({ market }) => market !== "SGD-BTC");
  const { status, stdout, stderr } = await runAt(exchange, ["all", "--market", "SGD-BTC", "--yes"]);
  assert.equal(status, 0);
  assert.match(
    stdout,
    new RegExp(`^${EXAMPLE_UUID}  SGD-BTC    canceled: buy 1.0 BTC at 153,559.00, filled 0$`, "m"),
  );
  assert.equal(stdout.split("\n").length, 3);
  assert.equal(stderr, "2 of 2 canceled\n");
  assert.deepEqual(uuidsOf(exchange.orders.open()), uuidsOf(others));
});

test("all --json: one CancelResult per order and nothing else on standard output", async (t) => {
  const exchange = await exchangeFor(t);
  const open = exchange.orders.open();
  const few = await runAt(exchange, ["all", "--everything", "--yes", "--json"]);
  assert.deepEqual([few.status, few.stderr], [0, ""]);
  const results = jsonLines(few.stdout);
  assert.deepEqual(uuidsOf(results.map(({ request }) => request)), uuidsOf(open));
  for (const { ok, order, request } of results) {
    assert.deepEqual(
      order,
      open.find(({ uuid }) => uuid === request.uuid),
    );
    assert.equal(ok, true);
  }
  const added = exchange.orders.addMany(300);
  const many = await runAt(exchange, ["all", "--everything", "--yes", "--json"]);
  assert.deepEqual([many.status, many.stderr], [0, ""]);
  assert.deepEqual(uuidsOf(jsonLines(many.stdout).map(({ order }) => order)), uuidsOf(added));
  assert.equal(exchange.orders.open().length, 0);
});

test("all without a terminal and without --yes: exit status 2, nothing sent", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout, stderr } = await runAt(exchange, ["all", "--everything"], { input: "12\n" });
  assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
  assert.match(stderr, /--yes/);
  assert.equal(exchange.counts.total, 0);
});

test("all on a terminal shows what the orders hold, and asks for their number", async (t) => {
  const exchange = await exchangeFor(t);
  const args = ["all", "--market", "SGD-BTC", "--market", "SGD-ETH"];
  for (const answer of ["\n", "y\n", "40\n", "\x04"]) {
    const refused = await onTerminal(exchange, args, { input: answer });
    assert.equal(refused.status, 1, JSON.stringify(answer));
    assert.match(refused.stdout, /Nothing was canceled\./);
  }
  assert.equal(cancellations(exchange), 0);
  const { status, stdout } = await onTerminal(exchange, args, { input: "4\n" });
  assert.equal(status, 0);
  assert.match(stdout, /^SGD-BTC {2}buy +2 orders {2}hold [\d.,]+ SGD$/m);
  assert.match(stdout, /^SGD-ETH {2}sell +2 orders {2}hold 3\.05 ETH$/m);
  assert.match(stdout, /Type 4 to cancel 4 orders/);
  assert.equal(exchange.orders.open().filter(({ market }) => /SGD-(BTC|ETH)/.test(market)).length, 0);
});

test("all --dry-run lists and cancels nothing", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout, stderr } = await runAt(exchange, ["all", "--side", "ask", "--dry-run"]);
  assert.equal(status, 0);
  const asks = exchange.orders.open().filter(({ side }) => side === "ask");
  assert.equal(stdout.trimEnd().split("\n").length, asks.length);
  assert.match(stderr, new RegExp(`^Would cancel ${asks.length} orders\\. Nothing was canceled\\.$`, "m"));
  const json = await runAt(exchange, ["all", "--side", "ask", "--dry-run", "--json"]);
  assert.deepEqual(uuidsOf(jsonLines(json.stdout)), uuidsOf(asks));
  assert.equal((await onTerminal(exchange, ["all", "--side", "ask", "--dry-run"])).status, 0);
  assert.equal(cancellations(exchange), 0);
});

test("all shows which markets have open orders if none matches", async (t) => {
  const exchange = await exchangeFor(t);
  const { status, stdout, stderr } = await runAt(exchange, ["all", "--market", "BTC-SGD", "--yes"]);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: "" });
  assert.match(stderr, /^No open orders in BTC-SGD\. 12 orders open .*SGD-BTC 2/);
  assert.equal(cancellations(exchange), 0);
});

test("all --confirm: an order that was filled is reported as filled, exit status 1", async (t) => {
  const exchange = await exchangeFor(t);
  const args = ["all", "--market", "SGD-BTC", "--yes", "--confirm=3"];
  exchange.faults.next({ endpoint: "any", order: EXAMPLE_UUID, effectAfterMs: 200, fills: "all" });
  const { status, stdout } = await runAt(exchange, args);
  assert.equal(status, 1);
  assert.match(
    stdout,
    new RegExp(`^${EXAMPLE_UUID} .*not canceled: filled: buy 1\\.0 BTC at 153,559\\.00, filled 1`, "m"),
  );
  const again = exchange.orders.add({ market: "SGD-BTC" });
  const one = await runAt(exchange, ["--confirm", "--json", again.uuid]);
  assert.equal(one.status, 0);
  assert.equal(jsonLines(one.stdout)[0].order.state, "cancel");
});

test("all: a later list that fails or is not empty: exit status 1", async (t) => {
  const exchange = await exchangeFor(t);
  exchange.faults.next({ endpoint: OPEN });
  exchange.faults.next({
    endpoint: OPEN,
    status: 403,
    body: { error: { name: "out_of_scope", message: "no" } },
  });
  const failed = await runAt(exchange, ["all", "--market", "SGD-ETH", "--yes"]);
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /Could not check whether .* still open\. .*out_of_scope/);
  const stuck = exchange.orders.add({ market: "SGD-ETH" }, { refused: true } as object);
  const left = await runAt(exchange, ["all", "--market", "SGD-ETH", "--yes"]);
  assert.equal(left.status, 1);
  assert.match(left.stderr, new RegExp(`1 order still open:\n${stuck.uuid}`));
});

test("all with a key that cannot cancel: fails at once and lists the open orders", async (t) => {
  const exchange = await exchangeFor(t);
  const { accessKey, secretKey } = exchange.keys.viewer;
  const env = { UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey };
  const { status, stdout, stderr } = await runAt(exchange, ["all", "--everything", "--yes"], { env });
  assert.equal(status, 1);
  assert.equal(stdout.match(/not canceled: out_of_scope$/gm)?.length, 12);
  assert.match(stderr, /^0 of 12 canceled\n12 not canceled: .*out_of_scope.*\n12 orders still open:\n/);
  assert.ok(cancellations(exchange) <= 12, "the key was tried again");
});

test("all: Ctrl-C reports results, exit status 130", async (t) => {
  const exchange = await exchangeFor(t);
  const uuids = uuidsOf(exchange.orders.open());
  exchange.faults.always({ latencyMs: 400 });
  const run = new Run(["--base-url", exchange.url, "all", "--everything", "--yes", "--json"]);
  while (cancellations(exchange) === 0) await new Promise(setImmediate);
  run.child.kill("SIGINT");
  const { status, stdout } = await run.end();
  assert.equal(status, 130);
  assert.deepEqual(uuidsOf(jsonLines(stdout).map(({ request }) => request)), uuids);
});

const WRONG: [string[], RegExp][] = [
  [["all"], /--market MARKET, --side ask\|bid, or --everything/],
  [["all", "--everything", "--market", "SGD-BTC"], /--everything cannot be combined/],
  [["all", "--everything", "--side", "ask"], /--everything cannot be combined/],
  [["all", "--side", "sell"], /ask \(sell orders\) or bid/],
  [["all", "--market", "sgd-btc"], /did you mean SGD-BTC\?/],
  [["all", "--market", "BTC"], /QUOTE-BASE in capitals, such as SGD-BTC/],
  [["all", "SGD-BTC"], /argument 4: this command only takes options: did you mean '--market SGD-BTC'\?/],
  [["all", "--everything", "--yes", "--confirm=x"], /--confirm' must be a number of seconds/],
  [["all", "--everthing"], /'--everthing': did you mean --everything\?/],
  [["list", "--market", ""], /is not a market/],
  [["list", "--json", "x"], /only takes options/],
  [["status", "x"], /argument 4: not a UUID/],
];

test("wrong usage: exit status 2, a message, nothing sent", async (t) => {
  const exchange = await exchangeFor(t);
  for (const [args, message] of WRONG) {
    const { status, stdout, stderr } = await runAt(exchange, [...args]);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: "" }, args.join(" "));
    assert.match(stderr, message);
    assert.match(stderr, /^upbit-cancel-order: /);
  }
  assert.equal(exchange.counts.total, 0);
});

test("a command can follow options, and keys come from the environment", async (t) => {
  const exchange = await exchangeFor(t);
  const env = { UPBIT_BASE_URL: exchange.url };
  assert.equal((await runCli(["--json", "list"], { env })).status, 0);
  assert.match(
    (await runCli(["list"], { env: { ...env, UPBIT_SECRET_KEY: undefined } })).stderr,
    /UPBIT_SECRET_KEY is not set/,
  );
});
