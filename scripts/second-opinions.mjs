// `node scripts/second-opinions.mjs`: other people's clients, those in Python too, on the practice exchange
// and beside ours. With `--write` the tables of docs/second-opinions.md are made anew before.
import { parseArgs } from "node:util";
import { installPeers } from "../tests/peers/install-peers.js";
import { installPythonPeers } from "../tests/peers/python/install.js";
import { buildPackage } from "./build.mjs";
import { installConsumer } from "./consumer.mjs";
import { Failure, runAsScript } from "./failure.mjs";
import { inRoot } from "./paths.mjs";
import { run } from "./run.mjs";
import { ensureBuildTools } from "./setup.mjs";
import { say, step } from "./steps.mjs";

async function writeAll() {
  const { writeTables } = await import("../tests/peers/documented.js");
  const { peers } = await import("../tests/peers/peers.js");
  const { pythonPeers } = await import("../tests/peers/python/peers.js");
  await writeTables("npm", peers);
  await writeTables("Python", pythonPeers);
}

await runAsScript(import.meta.url, async () => {
  const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
  await ensureBuildTools();
  await buildPackage();
  await installConsumer();
  await installPeers();
  await installPythonPeers();
  if (values.write) await step("Writing the tables", writeAll);
  const files = ["tests/peers/peers.test.js", "tests/peers/python/checks.js"].map((path) => inRoot(path));
  const args = ["--test", "--test-reporter=spec", ...files];
  const { ok } = await run(process.execPath, args, { onLine: (line) => say(line) });
  if (!ok) throw new Failure("Some clients were not treated as documented");
});
