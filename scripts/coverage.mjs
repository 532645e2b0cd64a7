// `npm run coverage`: line and branch coverage of js/ and www/. The report is in target/coverage.
import { rmSync } from "node:fs";
import { buildPackage } from "./build.mjs";
import { installConsumer } from "./consumer.mjs";
import { runAsScript } from "./failure.mjs";
import { inRoot } from "./paths.mjs";
import { runOrFail } from "./run.mjs";
import { ensureTestTools } from "./setup.mjs";
import { live, say, step } from "./steps.mjs";
import { nodeTests } from "./test-kinds.mjs";

const consumer = "target/consumer";
const parts = ["practice", "wasm", "package", "cli", "page"];

/** Handles bundles correctly; c8 reports 100 % for everything in a bundle. */
const reporter = "monocart-coverage-reports@2.13.0";

/** The configuration of the reporter. */
export default {
  name: "JavaScript",
  dataDir: "target/coverage/v8",
  outputDir: "target/coverage/report",
  reports: [["console-details", { maxCols: 100 }], "json-summary", "v8"],
  entryFilter: (/** @type {{ url: string }} */ { url }) =>
    /\/(js|www)\/|\/upbit-cancel-order\/[\w.-]+\.c?js$/.test(url),
  sourceFilter: (/** @type {string} */ path) => /^(js|www)\//.test(path),
};

/** Bundles the installed package again with source maps. */
async function installTraceable() {
  const { bundle } = await import("./bundle.mjs");
  await bundle(`${consumer}/node_modules/upbit-cancel-order`, { sourcemap: "linked" });
}

/** Runs a part with coverage. This is slower, so tests of speed may fail. @param {string} part */
async function runRecorded(part) {
  const { ok, tests, failures } = await live(part, (onLine) => nodeTests(`tests/${part}`)({ onLine }));
  say(`${part}: ${tests} tests, ${failures} failed`);
  if (!ok) process.exitCode = 1;
}

await runAsScript(import.meta.url, async () => {
  await ensureTestTools();
  await buildPackage();
  await installConsumer();
  rmSync(inRoot("target/coverage"), { recursive: true, force: true });
  try {
    await step("Bundling the package with source maps", installTraceable);
    // All processes that start from here on record their coverage.
    process.env.NODE_V8_COVERAGE = inRoot("target/coverage/v8");
    for (const part of parts) await runRecorded(part);
    delete process.env.NODE_V8_COVERAGE;
    say(await runOrFail("npx", ["--yes", reporter, "merge", "--config", "scripts/coverage.mjs"]));
  } finally {
    // The next test run installs the published package again.
    rmSync(inRoot(consumer), { recursive: true, force: true });
  }
});
