// When the build rebuilds a product.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { core } from "../../scripts/build-core.mjs";
import { refresh } from "../../scripts/freshness.mjs";
import { inRoot } from "../../scripts/paths.mjs";

test("a product is rebuilt only if an input, the product or its compiler has changed", async (t) => {
  const folder = mkdtempSync(inRoot("target/freshness-"));
  t.after(() => rmSync(folder, { recursive: true }));
  t.after(() => rmSync(inRoot("target/stamps/freshness-test"), { force: true }));
  const [input, output] = [join(folder, "input"), join(folder, "output")];
  const paths = { inputs: [relative(inRoot(), input)], outputs: [relative(inRoot(), output)] };
  const make = (compiler = "1.95") =>
    refresh({ name: "freshness-test", ...paths, madeBy: () => compiler }, async () =>
      writeFileSync(output, "made"),
    );
  const changes = {
    nothing: () => {},
    "its input": () => writeFileSync(input, "changed"),
    itself: () => rmSync(output),
  };
  await make();
  for (const [what, change] of Object.entries(changes)) {
    change();
    assert.equal(await make(), what !== "nothing", what);
  }
  assert.equal(await make("1.96"), true, "its compiler");
  assert.equal(await make("1.96"), false);
});

test("the core's compiler is asked for its version and commit", () => {
  assert.match(core.madeBy(), /^rustc \d+\.\d+.*^commit-hash: /ms);
});
