import { rmSync, symlinkSync } from "node:fs";
import { buildPackage } from "../scripts/build.mjs";
import { installConsumer } from "../scripts/consumer.mjs";
import { refresh } from "../scripts/freshness.mjs";
import { ensureNodeModules } from "../scripts/npm-tools.mjs";
import { inRoot } from "../scripts/paths.mjs";
import { runOrFail } from "../scripts/run.mjs";
import { step } from "../scripts/steps.mjs";
import { buildSigner } from "./signer/build.mjs";

const peers = {
  name: `bench-node-modules-${process.platform}-${process.arch}`,
  inputs: ["bench/package-lock.json"],
  outputs: ["bench/node_modules/.package-lock.json"],
};

/** The package as its users have it, and everything that it is compared with. */
export async function prepare() {
  await ensureNodeModules();
  await refresh(peers, () => step("Installing the peers from npm", installPeers));
  await buildPackage();
  await installConsumer();
  linkPackage();
  await buildSigner();
}

/** Beside the peers and found by name, as they are: each runtime and bundler gets what is meant for it. */
function linkPackage() {
  const link = inRoot("bench/node_modules/upbit-cancel-order");
  rmSync(link, { recursive: true, force: true });
  symlinkSync(inRoot("target/consumer/node_modules/upbit-cancel-order"), link, "junction");
}

async function installPeers() {
  const args = ["ci", "--prefix", "bench", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await runOrFail("npm", args, { advice: "This needs the network, once." });
}
