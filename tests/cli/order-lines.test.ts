import assert from "node:assert/strict";
import { test } from "node:test";
import { distinctOrders, readOrderLines } from "../../js/order-lines.ts";

const A = "cdd92199-2897-4e14-9448-f923320408ad";
const B = "43685861-3D4B-4EC3-9913-21EDD73BC256";

const orders = (text: string) => readOrderLines(text).entries.map(({ order }) => order);
const bad = (text: string) => readOrderLines(text).bad.map(({ line, reason }) => `${line} ${reason}`);

test("every kind of line", () => {
  const lines = [
    "\uFEFF# Orders to cancel",
    "",
    `  ${A}\t`,
    `${B} # the big one`,
    "identifier=주문 #1 €🚀",
    "  identifier=a=b,c ",
    "  # identifier=no",
    JSON.stringify({ market: "SGD-BTC", uuid: A, identifier: "x" }),
    "identifier=last, without a line end",
  ];
  const wanted = [
    { uuid: A },
    { uuid: B },
    { identifier: "주문 #1 €🚀" },
    { identifier: "a=b,c" },
    { uuid: A },
    { identifier: "last, without a line end" },
  ];
  for (const end of ["\n", "\r\n", "\r"]) {
    assert.deepEqual(orders(lines.join(end)), wanted, JSON.stringify(end));
    assert.deepEqual(
      readOrderLines(lines.join(end)).entries.map(({ line }) => line),
      [3, 4, 5, 6, 8, 9],
    );
  }
});

test("every invalid line is reported with its number and reason", () => {
  const lines = [A.replaceAll("-", ""), `uuid=${A}`, A, `${A} ${B}`, "identifier=", "identifier=\uFFFD"];
  const json = [`{"uuid":"x"}`, `{"ok":true,"request":{"uuid":"${A}"}}`, "{", `"${A}"`];
  assert.deepEqual(bad([...lines, ...json].join("\n")), [
    "1 not_an_order",
    "2 not_an_order",
    "4 text_after_uuid",
    "5 empty_identifier",
    "6 not_utf8",
    "7 json_without_uuid",
    "8 json_without_uuid",
    "9 json_without_uuid",
    "10 not_an_order",
  ]);
});

test("UUIDs are case-insensitive; identifiers are case-sensitive and differ from UUIDs", () => {
  const named = orders([A, B, A.toUpperCase(), "identifier=a", "identifier=A", `identifier=${A}`].join("\n"));
  assert.deepEqual(distinctOrders(named), [
    { uuid: A },
    { uuid: B },
    { identifier: "a" },
    { identifier: "A" },
    { identifier: A },
  ]);
});
