// Order files of any bytes: each is read whole, or refused whole with the line that is wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readOrderLines } from "../../js/cli/order-lines.ts";
import { UsageError } from "../../js/cli/usage-error.ts";
import { EXAMPLE_UUID } from "../practice/sign.js";
import { seededRandom } from "../practice/seeded-random.js";
import { jsonLines, runCli } from "./run-cli.js";

const FILE = Buffer.from(
  `\uFEFF# orders\r\n${EXAMPLE_UUID}\r\n\r\n${EXAMPLE_UUID} # big\nidentifier=주문 🛑\n`,
);
const PIECES = [
  "\0",
  "\r",
  "\n",
  "\uFEFF",
  "#",
  " ",
  "identifier=",
  EXAMPLE_UUID,
  "\u2028",
  "\x1b[2J",
  "\xff",
  "\xed\xa0\x80",
];

/** @param {(below: number) => number} random */
function broken(random) {
  let bytes = FILE;
  for (let count = random(3); count >= 0; count -= 1) {
    const [from, to] = [random(bytes.length + 1), random(bytes.length + 1)].sort((a, b) => a - b);
    const piece = Buffer.from(PIECES[random(PIECES.length)] ?? "", random(2) === 0 ? "latin1" : "utf8");
    const left = random(3) === 0 ? bytes.subarray(to) : bytes.subarray(from);
    bytes = Buffer.concat([bytes.subarray(0, from), piece, left]);
  }
  return bytes;
}

test("files that were broken at random", () => {
  let refused = 0;
  for (let seed = 1; seed <= 3000; seed += 1) {
    const bytes = broken(seededRandom(seed));
    try {
      for (const { uuid, identifier } of readOrderLines(bytes, "orders.txt")) {
        if (uuid !== undefined) assert.equal(uuid, EXAMPLE_UUID);
        else assert.ok(bytes.includes(identifier ?? assert.fail()), `seed ${seed}`);
      }
    } catch (error) {
      assert.ok(error instanceof UsageError, `seed ${seed}: ${error}`);
      const [, line] = /^orders\.txt:(\d+): [\x20-\x7e]+$/.exec(error.message) ?? assert.fail(error.message);
      const before = bytes
        .toString("latin1")
        .split("\n")
        .slice(0, Number(line) - 1)
        .join("\n");
      assert.doesNotThrow(() => readOrderLines(Buffer.from(before, "latin1"), "orders.txt"), `seed ${seed}`);
      refused += 1;
    }
  }
  assert.ok(refused > 1000 && refused < 2900, `${refused} of 3000`);
});

test("a line of 10 MB is an order, or none, like any other", async () => {
  const long = "x".repeat(10_000_000);
  const options = ["--region", "sg", "--dry-run", "--json", "--file", "-"];
  const order = await runCli(options, { input: `identifier=${long}\n` });
  assert.equal(order.status, 0);
  assert.equal(jsonLines(order.stdout)[0].request.identifier.length, long.length);
  const none = await runCli(options, { input: `${EXAMPLE_UUID}\n${long}\n` });
  assert.deepEqual([none.status, none.stdout], [2, ""]);
  assert.match(none.stderr, /standard input:2: /);
  assert.ok(none.stderr.length < 1000);
});
