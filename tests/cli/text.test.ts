// What is shown to people, without a command around it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { messageOf } from "../../js/cli/failure.ts";
import { holdingsTable, sumOf } from "../../js/cli/holdings.ts";
import { grouped, orderTable, orderText } from "../../js/cli/order-text.ts";
import { type ReportedResult, summaryOf, textLines } from "../../js/cli/result-text.ts";
import { nearest } from "../../js/cli/suggestion.ts";
import { colored, columns, cut, escaped, sideBySide, widthOf, wrapped } from "../../js/cli/terminal-text.ts";

test("width: Korean counts double, combining marks and colors count zero", () => {
  assert.deepEqual(["a", "주문", "한e\u0301", "🚀", colored("UNKNOWN"), ""].map(widthOf), [1, 4, 3, 2, 7, 0]);
  assert.deepEqual(
    columns(
      [
        ["주문", "1.0", ""],
        ["ab", "10.25", ""],
      ],
      [1],
    ),
    ["주문    1.0", "ab    10.25"],
  );
  assert.equal(cut("주문 번호", 6), "주문 …");
  assert.equal(cut("주문", 4), "주문");
});

test("text is wrapped at spaces, and a long word stays whole", () => {
  assert.equal(wrapped("one two three", 8), "one two\n    three");
  assert.equal(wrapped("0123456789 ab", 5), "0123456789\n    ab");
  assert.equal(wrapped("one  two", Number.POSITIVE_INFINITY), "one  two");
});

test("two texts that do not fit in one line are printed in two", () => {
  assert.equal(sideBySide("first", "second text", 20), "first  second text");
  assert.equal(sideBySide("first", "second text", 15), "first\n    second text");
  assert.equal(sideBySide("first", "second text", 12), "first\n    second\n    text");
});

test("control characters are escaped", () => {
  const all = [
    "\0",
    "\x1b",
    "\x7f",
    "\x80",
    "\x9f",
    "\u061c",
    "\u200e",
    "\u200f",
    "\u2028",
    "\u202a",
    "\u202e",
    "\u2066",
    "\u2069",
  ];
  for (const character of all) assert.match(escaped(character), /^\\u[0-9a-f]{4}$/);
  assert.equal(escaped("주문 🚀 é"), "주문 🚀 é");
});

test("amounts keep their digits", () => {
  const amounts = {
    "153559.00": "153,559.00",
    "1740000000": "1,740,000,000",
    "0.00012345": "0.00012345",
    "12": "12",
    x: "x",
  };
  for (const [amount, text] of Object.entries(amounts)) assert.equal(grouped(amount), text);
});

test("sums are exact, and null if an amount is missing", () => {
  assert.equal(sumOf(["0.1", "0.2", "10"]), "10.3");
  assert.equal(sumOf(["99999999999999999999.99999999", "0.00000001"]), "100000000000000000000");
  assert.equal(sumOf(["1", undefined]), null);
  assert.equal(sumOf(["1", "-2"]), null);
});

const bid = {
  market: "SGD-BTC",
  side: "bid",
  ord_type: "limit",
  volume: "1.0",
  price: "153559.00",
  executed_volume: "0",
};

test("orders as text", () => {
  assert.equal(orderText(bid), "buy 1.0 BTC at 153,559.00, filled 0");
  assert.equal(
    orderText({ market: "SGD-SOL", side: "bid", ord_type: "price", price: "500" }),
    "buy SOL for 500 SGD at market",
  );
  assert.equal(
    orderText({ ...bid, side: "ask", ord_type: "market", price: undefined } as object),
    "sell 1.0 BTC at market, filled 0",
  );
  assert.equal(orderText({ uuid: "x", market: "SGD-BTC" }), "");
  const [line] = orderTable([{ uuid: "x", ...bid, state: "watch", identifier: "주\x1b" }], () => true);
  assert.equal(line, "x  SGD-BTC  buy  1.0 BTC  at 153,559.00  filled 0  scheduled  identifier=주\\u001b");
});

test("holdings by market and side", () => {
  const orders = [
    { ...bid, locked: "153942.8975" },
    { ...bid, locked: "0.1025" },
    { ...bid, side: "ask", locked: "0.5" },
    { ...bid, market: "BTC-XRP", locked: "1" },
  ];
  assert.deepEqual(holdingsTable(orders), [
    "BTC-XRP  buy    1 order  hold 1 BTC",
    "SGD-BTC  buy   2 orders  hold 153,943 SGD",
    "SGD-BTC  sell   1 order  hold 0.5 BTC",
    "all            4 orders",
  ]);
});

const failure = (code: string | null, outcome: "not_canceled" | "unknown", uuid: string): ReportedResult => ({
  ok: false,
  request: { uuid },
  error: {
    kind: "rejected",
    outcome,
    code,
    status: 403,
    message: `refused: ${code}`,
    hint: "Ask.",
    retryAfterMs: null,
    attempts: 1,
  },
});

test("a shared reason is printed once with the number of orders", () => {
  const results = [
    failure("a", "not_canceled", "1"),
    failure("a", "not_canceled", "2"),
    failure("a", "unknown", "3"),
  ];
  assert.deepEqual(summaryOf(results), [
    "0 of 3 canceled",
    "2 not canceled: refused: a. Ask.",
    "1 UNKNOWN: refused: a. Ask.",
  ]);
  const words = textLines([{ uuid: "1" }, { identifier: "주문" }], false, 80, () => undefined);
  assert.equal(words(results[0] as ReportedResult), "1                not canceled: a");
});

test("unknown has the most alarming color", () => {
  assert.equal(colored("canceled"), "\x1b[32mcanceled\x1b[39m");
  assert.equal(colored("not canceled"), "\x1b[33mnot canceled\x1b[39m");
  assert.equal(colored("UNKNOWN"), "\x1b[1;7;31mUNKNOWN\x1b[0m");
});

test("suggestions for unknown words", () => {
  const known = ["list", "status", "all", "guard", "practice", "dashboard", "completion"];
  const pairs = {
    lsit: "list",
    lst: "list",
    practise: "practice",
    statuss: "status",
    dash: "dashboard",
    al: "all",
    ALL: "all",
  };
  for (const [typed, meant] of Object.entries(pairs)) assert.equal(nearest(typed, known), meant, typed);
  for (const typed of ["", "x", "cdd92199", "k".repeat(40), "bitcoin"])
    assert.equal(nearest(typed, known), null, typed);
  assert.equal(nearest("--regoin", ["--region", "--market"]), "--region");
  assert.equal(nearest("--symbol", ["--region", "--market"]), "--market");
});

test("messages name the options of the command line, and leave what Upbit said as it is", () => {
  const message = "no lookup within `confirmMs`";
  assert.equal(messageOf({ kind: "unconfirmed", message }), "no lookup within --confirm");
  assert.equal(messageOf({ kind: "timeout", message: "within `timeoutMs`" }), "within the time limit");
  assert.equal(messageOf({ kind: "rejected", message: "(`side` is wrong)" }), "(`side` is wrong)");
});
