import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { npm } from "../../scripts/npm-tools.mjs";
import { inRoot } from "../../scripts/paths.mjs";
import { folder as runtimes } from "./tools.js";

const packed = `${runtimes}/packed`;

/** Packs the package as it will be published. */
export async function packPackage() {
  rmSync(inRoot(packed), { recursive: true, force: true });
  mkdirSync(inRoot(packed), { recursive: true });
  await npm("pack", "./pkg", "--pack-destination", packed);
}

/** The path of the tarball. */
export function tarball() {
  const [name] = readdirSync(inRoot(packed)).filter((file) => file.endsWith(".tgz"));
  return inRoot(packed, name ?? "not packed");
}

/**
 * A new folder with a consumer in which the tarball is installed.
 * @param {string} name of the folder
 * @param {string} consumer a folder of tests/consumers
 */
export async function makeConsumer(name, consumer) {
  const folder = inRoot(runtimes, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(inRoot("tests/consumers", consumer), folder, { recursive: true });
  cpSync(inRoot("tests/consumers/suite.js"), `${folder}/suite.js`);
  writeFileSync(`${folder}/package.json`, '{ "private": true, "type": "module" }\n');
  await npm("install", "--prefix", folder, "--offline", tarball());
  return folder;
}
