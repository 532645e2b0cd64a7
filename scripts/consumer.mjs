// Installs the packed tarball in target/consumer, as a user would. Tests import the package from there, so that they test the
// published package and not the checkout.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { refresh } from "./freshness.mjs";
import { npm } from "./npm-tools.mjs";
import { inRoot } from "./paths.mjs";
import { step } from "./steps.mjs";

const folder = "target/consumer";

const consumer = { name: "consumer", inputs: ["pkg", "scripts/consumer.mjs"], outputs: [folder] };

/** Installs the package in pkg/, unless it is already installed. */
export async function installConsumer() {
  await refresh(consumer, () => step("Installing the packed package in target/consumer", install));
}

async function install() {
  rmSync(inRoot(folder), { recursive: true, force: true });
  mkdirSync(inRoot(folder), { recursive: true });
  writeFileSync(inRoot(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  // Lets tests in other folders import the installed package.
  writeFileSync(inRoot(folder, "installed.js"), 'export * from "upbit-cancel-order";\n');
  await npm("pack", "./pkg", "--pack-destination", folder);
  const tarballs = readdirSync(inRoot(folder)).filter((name) => name.endsWith(".tgz"));
  await npm("install", "--prefix", folder, "--offline", ...tarballs.map((name) => `./${folder}/${name}`));
}
