// Clients by other people, as npm gives them: installed once, from a lock file of their own.
import { cpSync, mkdirSync } from "node:fs";
import { refresh } from "../../scripts/freshness.mjs";
import { inRoot } from "../../scripts/paths.mjs";
import { runOrFail } from "../../scripts/run.mjs";
import { step } from "../../scripts/steps.mjs";

const source = "tests/peers/tools";
const folder = "target/peers";
const peers = { name: "peers", inputs: [source], outputs: [`${folder}/node_modules/.package-lock.json`] };

export async function installPeers() {
  await refresh(peers, () => step("Installing other people's clients", install, { expect: "once, 70 MB" }));
}

async function install() {
  mkdirSync(inRoot(folder), { recursive: true });
  cpSync(inRoot(source), inRoot(folder), { recursive: true });
  const options = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  const advice = "This needs the network, once.";
  await runOrFail("npm", ["ci", "--prefix", inRoot(folder), ...options], { advice });
}
