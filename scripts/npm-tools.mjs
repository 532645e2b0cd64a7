// Tools from npm, installed from lock files: the development tools, and folders of what is too large, or of too
// little use to most, to be among them.
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { refresh } from "./freshness.mjs";
import { inRoot, preferOnPath } from "./paths.mjs";
import { runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

/** The development tools of package-lock.json. */
export async function ensureNodeModules() {
  if (!areInstalled()) await step("Installing the development tools from npm", () => npm("ci"));
  preferOnPath(inRoot("node_modules/.bin"));
}

/** One of them, as a command: their names in .bin cannot be started without a shell on Windows.
 * @param {string} script in node_modules @param {string[]} args @returns {[string, ...string[]]} */
export const npmTool = (script, ...args) => [process.execPath, `node_modules/${script}`, ...args];

/** From here on, this process can import TypeScript. */
export async function loadTypeScript() {
  await ensureNodeModules();
  const { register } = await import("tsx/esm/api");
  register();
}

/** npm leaves a list of what it has installed, which lacks what is for other kinds of machines. */
function areInstalled() {
  const [wanted = {}, there = {}] = ["package-lock.json", "node_modules/.package-lock.json"].map(packagesIn);
  const isForOthers = (/** @type {Locked} */ { optional, os, cpu, libc }) =>
    optional && (libc || !os?.includes(process.platform) || !cpu?.includes(process.arch));
  return Object.entries(wanted).every(([path, locked]) =>
    path in there ? there[path]?.version === locked.version : path === "" || isForOthers(locked),
  );
}

/** @typedef {{ version: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked */

/** @param {string} lockFile @returns {Record<string, Locked>} by their folders */
function packagesIn(lockFile) {
  return existsSync(inRoot(lockFile)) ? JSON.parse(readFileSync(inRoot(lockFile), "utf8")).packages : {};
}

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
export async function ensureToolsFolder({ name, title, expect, source, folder, command }) {
  const product = { name, inputs: [source], outputs: [`${folder}/node_modules/.package-lock.json`] };
  const install = async () => {
    mkdirSync(inRoot(folder), { recursive: true });
    cpSync(inRoot(source), inRoot(folder), { recursive: true });
    await npm(command, "--prefix", inRoot(folder));
  };
  await refresh(product, () => step(title, install, { expect }));
}

/** By the npm that started this script, if one did: on Windows a plain `npm` cannot be started without a shell.
 * @param {string[]} args */
export async function npm(...args) {
  const script = process.env.npm_execpath;
  const [command, ...first] = script ? [process.execPath, script] : ["npm"];
  const options = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  await runOrFail(command ?? "npm", [...first, ...args, ...options], {
    advice: "This needs the network, once.",
  });
}
