// Order files of any bytes: each is read whole, or refused whole with the line that is wrong.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readOrderLines } from "../../js/order-lines.ts";
import { seededRandom } from "../practice/seeded-random.js";
import { EXAMPLE_UUID } from "../practice/sign.js";
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

test("randomly corrupted files", () => {
  let refused = 0;
  for (let seed = 1; seed <= 3000; seed += 1) {
    const bytes = broken(seededRandom(seed));
    const text = new TextDecoder().decode(bytes);
    const { entries, bad } = readOrderLines(text);
    for (const { order } of entries) {
      if (order.uuid !== undefined) assert.equal(order.uuid, EXAMPLE_UUID);
      else assert.ok(bytes.includes(order.identifier ?? assert.fail()), `seed ${seed}`);
    }
    const lines = text.split(/\r\n|[\r\n]/).map((line) => line.trim());
    for (const { line, text } of bad) assert.equal(lines[line - 1], text, `seed ${seed}`);
    const named = lines.filter((line) => line !== "" && !line.startsWith("#"));
    assert.equal(entries.length + bad.length, named.length, `seed ${seed}: a line was lost`);
    if (bad.length > 0) refused += 1;
  }
  assert.ok(refused > 1000 && refused < 2900, `${refused} of 3000`);
});

test("a line of 10 MB is parsed like any other", async () => {
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

test("a lone CR ends a line, and every invalid line is listed", async () => {
  const options = ["--region", "sg", "--dry-run", "--json", "--file", "-"];
  const good = await runCli(options, { input: `${EXAMPLE_UUID}\ridentifier=a\r` });
  assert.deepEqual(
    jsonLines(good.stdout).map(({ request }) => request),
    [{ uuid: EXAMPLE_UUID }, { identifier: "a" }],
  );
  const input = `${EXAMPLE_UUID}\nwhat\r\nidentifier=\ridentifier=a\n{"ok":true}\n`;
  const bad = await runCli(options, { input });
  assert.deepEqual([bad.status, bad.stdout], [2, ""]);
  assert.deepEqual(bad.stderr.split("\n").slice(0, 3), [
    "upbit-cancel-order: standard input:2: neither a UUID (8-4-4-4-12 hexadecimal digits) nor identifier=ID",
    "standard input:3: the identifier is empty",
    "standard input:5: the JSON object has no `uuid` with a UUID",
  ]);
});

test("of a file with only invalid lines, 100 are listed and the rest counted", async () => {
  const input = "no order\n".repeat(5000);
  const { status, stderr } = await runCli(["--region", "sg", "--file", "-"], { input });
  assert.equal(status, 2);
  assert.equal(stderr.split("\n").length, 100 + 1 + 2);
  assert.match(stderr, /standard input: 4900 more invalid lines, up to line 5000\n/);
});

test("an endless device and a file of 1 GB are refused without reading all of it", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "orders-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const large = join(folder, "large");
  writeFileSync(large, "");
  truncateSync(large, 1024 ** 3);
  for (const path of ["/dev/zero", large]) {
    const { status, stdout, stderr } = await runCli(["--region", "sg", "--file", path]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(
      stderr,
      new RegExp(`^upbit-cancel-order: ${path}: a list of orders can have at most 10 MiB`),
    );
  }
});
