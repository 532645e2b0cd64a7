// `node scripts/compare-clients.mjs`: tests other clients, including Python, on the practice exchange, and compares their requests
// with ours. `--write` updates the tables of docs/other-clients.md first.
import { installPeers, installPythonPeers } from "../tests/peers/install.js";
import { buildPackage } from "./build.mjs";
import { installConsumer } from "./consumer.mjs";
import { Failure, runAsScript } from "./failure.mjs";
import { loadTypeScript } from "./npm-tools.mjs";
import { say, step } from "./steps.mjs";
import { nodeTests } from "./test-kinds.mjs";

async function writeAll() {
  await loadTypeScript();
  const { writeTables } = await import("../tests/peers/tables.js");
  const { peers } = await import("../tests/peers/clients.js");
  const { pythonPeers } = await import("../tests/peers/python/clients.js");
  await writeTables("npm", peers);
  await writeTables("Python", pythonPeers);
}

await runAsScript(import.meta.url, async () => {
  await buildPackage();
  await installConsumer();
  await installPeers();
  await installPythonPeers();
  if (process.argv.includes("--write")) await step("Writing the tables", writeAll);
  process.env.PYTHON_PEERS = "1";
  const { ok } = await nodeTests("tests/peers")({ onLine: say });
  if (!ok) throw new Failure("Some clients do not behave as documented");
});
