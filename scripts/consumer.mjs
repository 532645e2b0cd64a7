// A consumer as users are: a folder with its own package.json in which the packed tarball is installed.
// Tests import the package from there, so that they test what is published and not the checkout.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { refresh } from "./freshness.mjs";
import { inRoot } from "./paths.mjs";
import { runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

const folder = "target/consumer";

const consumer = { name: "consumer", inputs: ["pkg", "scripts/consumer.mjs"], outputs: [folder] };

/** Installs the package that is in pkg/, unless it is installed already. */
export async function installConsumer() {
  await refresh(consumer, () => step("Installing the packed package in a folder of its own", install));
}

async function install() {
  rmSync(inRoot(folder), { recursive: true, force: true });
  mkdirSync(inRoot(folder), { recursive: true });
  writeFileSync(inRoot(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  // For tests that stand elsewhere and want what an import from here gives.
  writeFileSync(inRoot(folder, "installed.js"), 'export * from "upbit-cancel-order";\n');
  await runOrFail("npm", ["pack", "./pkg", "--pack-destination", folder]);
  const tarballs = readdirSync(inRoot(folder)).filter((name) => name.endsWith(".tgz"));
  const args = ["--prefix", folder, "--offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await runOrFail("npm", ["install", ...args, ...tarballs.map((name) => `./${folder}/${name}`)]);
}
