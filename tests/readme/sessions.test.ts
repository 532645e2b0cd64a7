// The sessions of the documents with the command line, as they are written but for place, keys, the answer to questions
// and the programs of others.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/paths.mjs";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { examplesOf, runSession } from "./documents.ts";

test("migration from the Python SDK: the same variables", async (t) => {
  const exchange = await openExchange(t);
  const [session = "", ...more] = examplesOf("docs/migration.md", "sh");
  assert.deepEqual(more, []);
  const { code, stdout, stderr } = await runSession(session, exchange);
  assert.equal(code, 0, stderr);
  const results = stdout.trimEnd().split("\n");
  assert.deepEqual(
    results.map((line) => JSON.parse(line).ok),
    [true, true],
  );
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
});

for (const document of ["README.md", "README.ko.md"]) {
  test(`${document}: one order, the list, all of a market, and everything when the bot dies`, async (t) => {
    const exchange = await openExchange(t);
    const session = examplesOf(document, "sh").find((source) => source.startsWith("export ")) ?? "";
    const script = session
      .replace(/^export .*$/m, `export UPBIT_BASE_URL=${exchange.url}`)
      .replace("--confirm", "--confirm --yes")
      .replace("python3 bot.py", "false");
    const { code, stdout, stderr } = await runSession(script, exchange);
    assert.equal(code, 1, stderr);
    assert.match(stdout, new RegExp(`^${EXAMPLE_UUID}.*canceled`));
    assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
    assert.deepEqual(exchange.orders.open(), []);
  });
}

test("every command of docs/command-line.md works", async (t) => {
  const exchange = await openExchange(t);
  const file = inRoot("target/consumer/orders.txt");
  writeFileSync(file, `${EXAMPLE_UUID}\n`);
  t.after(() => rmSync(file));
  const lines = examplesOf("docs/command-line.md", "sh").flatMap((source) => source.trimEnd().split("\n"));
  const commands = lines
    .filter((line) => !/ practice | > |eval/.test(line))
    .map((line) =>
      line
        .replace(/^(upbit-cancel-order all (?!.*--(?:yes|dry-run))[^#|]*)/, "$1--yes ")
        .replace(/jq -\w '[^']*'/g, "cat")
        .replace("/run/bot/alive", "/dev/null")
        .replace(/ -- .*/, " -- true"),
    );
  assert.ok(commands.length > 6);
  const place = `export UPBIT_BASE_URL=${exchange.url} PATH=node_modules/.bin:$PATH`;
  for (const command of commands) {
    const { code, stderr } = await runSession(`${place}\n${command}`, exchange);
    assert.ok(code === 0 || code === 1, `${command}: ${code}, ${stderr}`);
  }
});
