// What a browser downloads in order to cancel an order: the package, bundled and minified with the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { installConsumer } from "../../scripts/consumer.mjs";
import { inRoot } from "../../scripts/paths.mjs";

/** In bytes, after gzip. The goal of 70,000 is not met (docs/benchmarks.md); this keeps the size from growing further. */
const LARGEST = 118_000;

const page = `
  import { UpbitClient } from "upbit-cancel-order";
  const client = new UpbitClient(globalThis.settings);
  await client.cancelOrder(globalThis.order);
`;

/** @param {string} contents @returns {Promise<number>} bytes that are sent over the line */
async function downloadSize(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: inRoot("target/consumer") },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  return gzipSync(outputFiles[0]?.contents ?? assert.fail(), { level: 9 }).length;
}

test(`a page that cancels orders downloads at most ${LARGEST} bytes for it`, async (t) => {
  await installConsumer();
  const size = await downloadSize(page);
  t.diagnostic(`${size} bytes`);
  assert.ok(size <= LARGEST, `${size} bytes`);
});

test("a page that imports the package and uses nothing of it downloads nothing for it", async () => {
  await installConsumer();
  assert.ok((await downloadSize('import { UpbitClient } from "upbit-cancel-order";')) < 100);
});
