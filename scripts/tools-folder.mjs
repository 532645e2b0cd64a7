// Tools from npm that are too large, or of too little use to most, to be among the development tools.
import { cpSync, mkdirSync } from "node:fs";
import { refresh } from "./freshness.mjs";
import { inRoot } from "./paths.mjs";
import { runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

/**
 * @typedef {object} ToolsFolder
 * @property {string} name
 * @property {string} title what is said while it is installed
 * @property {string} expect what it takes
 * @property {string} source folder of the manifest and the lock file
 * @property {string} folder where they are installed
 * @property {"ci" | "install"} command of npm's
 */

/** Installed once, from a lock file of their own. @param {ToolsFolder} tools */
export async function ensureToolsFolder(tools) {
  const { name, title, expect, source, folder } = tools;
  const product = { name, inputs: [source], outputs: [`${folder}/node_modules/.package-lock.json`] };
  await refresh(product, () => step(title, () => install(tools), { expect }));
}

/** @param {ToolsFolder} tools */
async function install({ source, folder, command }) {
  mkdirSync(inRoot(folder), { recursive: true });
  cpSync(inRoot(source), inRoot(folder), { recursive: true });
  const options = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  const advice = "This needs the network, once.";
  await runOrFail("npm", [command, "--prefix", inRoot(folder), ...options], { advice });
}
