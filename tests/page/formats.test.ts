import assert from "node:assert/strict";
import { it } from "node:test";

// Node 20 has no `navigator`, and later versions one that is of the machine.
Object.defineProperty(globalThis, "navigator", { value: { language: "en-US", languages: ["en-US"] } });
const { age, amount, duration, placedAt, sum, tally, withoutSeparators } = await import(
  "../../www/formats.ts"
);
const { describe: describeOrder, holdingsOf } = await import("../../www/order-facts.ts");

it("keeps every digit of an amount", () => {
  const cases = [
    ["153559.00", "153,559"],
    ["0.00000001", "0.00000001"],
    ["12345678901234567890.123456789012345678", "12,345,678,901,234,567,890.123456789012345678"],
    ["-1000.50", "-1,000.5"],
    ["0", "0"],
    ["1e5", "1e5"],
    ["nonsense", "nonsense"],
  ];
  for (const [text = "", shown] of cases) assert.equal(amount(text), shown);
  assert.equal(withoutSeparators("SGD-BTC\t1,234,567.5\t12,400"), "SGD-BTC\t1234567.5\t12400");
});

it("adds amounts exactly", () => {
  assert.equal(sum(["0.1", "0.2"]), "0.3");
  assert.equal(sum(["99999999999999999999.9", "0.1"]), "100000000000000000000.0");
  assert.equal(sum(["0.05", "0.05"]), "0.10");
  assert.equal(sum(["12", "nonsense", "30"]), "42");
  assert.equal(sum([]), "0");
});

it("says what orders hold, by currency", () => {
  const orders = [
    { market: "SGD-BTC", side: "bid", locked: "100.5" },
    { market: "SGD-ETH", side: "bid", locked: "1000" },
    { market: "SGD-BTC", side: "ask", locked: "0.1" },
    { market: "USDT-BTC", side: "ask", locked: "0.2" },
  ];
  assert.equal(holdingsOf(orders), "1,100.5 SGD · 0.3 BTC");
  assert.equal(holdingsOf(orders, 1), "1,100.5 SGD · 1 more");
});

it("describes orders of every type", () => {
  const market = "SGD-BTC";
  const cases: [order: Parameters<typeof describeOrder>[0], words: string][] = [
    [
      { market, side: "bid", ord_type: "limit", price: "1000", volume: "2", remaining_volume: "1.50" },
      "SGD-BTC · buy · limit · 1.5 at 1,000",
    ],
    [
      { market, side: "bid", ord_type: "price", price: "500", remaining_volume: "0" },
      "SGD-BTC · buy · market buy · 500 to spend",
    ],
    [
      { market, side: "bid", ord_type: "limit", price: "10", volume: "2", remaining_volume: "0.0" },
      "SGD-BTC · buy · limit · 2 at 10",
    ],
    [
      { market, side: "ask", ord_type: "market", volume: "2", remaining_volume: "2" },
      "SGD-BTC · sell · market sell · 2",
    ],
    [
      { market, side: "bid", ord_type: "best", price: "500", remaining_volume: "0" },
      "SGD-BTC · buy · best limit · 500 to spend",
    ],
    [{ market, side: "new", ord_type: "constructor" }, "SGD-BTC · new · constructor"],
    [{ market }, "SGD-BTC"],
  ];
  for (const [order, words] of cases) assert.equal(describeOrder(order), words);
});

it("tells times and ages", () => {
  assert.equal(placedAt("2025-07-04T15:00:00").toISOString(), "2025-07-04T15:00:00.000Z");
  assert.equal(placedAt("2025-07-04T15:00:00+09:00").toISOString(), "2025-07-04T06:00:00.000Z");
  assert.deepEqual(
    [age(-5), age(59_999), age(3_600_000), age(172_800_000)],
    ["0 sec", "59 sec", "1 hr", "2 days"],
  );
  assert.deepEqual([duration(1), duration(99_000), duration(100_001)], ["1 sec", "99 sec", "2 min"]);
});

it("counts names, the most frequent first", () => {
  assert.equal(tally(["a", "b", "b", "c", "c", "c"], 2), "c 3 · b 2 · 1 more");
});
