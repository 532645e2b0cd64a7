// Installs npm tools from lock files: the development tools, and folders of large or rarely used tools.
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

/** The command for a development tool. On Windows, the files in .bin cannot be started without a shell.
 * @param {string} script in node_modules @param {string[]} args @returns {[string, ...string[]]} */
export const npmTool = (script, ...args) => [process.execPath, `node_modules/${script}`, ...args];

/** Lets this process import TypeScript. */
export async function loadTypeScript() {
  await ensureNodeModules();
  const { register } = await import("tsx/esm/api");
  register();
}

/** Compares the lock file with npm's list of installed packages, which lacks packages for other platforms. */
function areInstalled() {
  const [wanted = {}, there = {}] = ["package-lock.json", "node_modules/.package-lock.json"].map(packagesIn);
  const isForOthers = (/** @type {Locked} */ { optional, os, cpu, libc }) =>
    optional && (libc || !os?.includes(process.platform) || !cpu?.includes(process.arch));
  return Object.entries(wanted).every(([path, locked]) =>
    path in there ? there[path]?.version === locked.version : path === "" || isForOthers(locked),
  );
}

/** @typedef {{ version: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked */

/** @param {string} lockFile @returns {Record<string, Locked>} by folder */
function packagesIn(lockFile) {
  return existsSync(inRoot(lockFile)) ? JSON.parse(readFileSync(inRoot(lockFile), "utf8")).packages : {};
}

/**
 * @typedef {object} ToolsFolder
 * @property {string} name
 * @property {string} title the progress message
 * @property {string} expect the expected time
 * @property {string} source folder of the manifest and the lock file
 * @property {string} folder where they are installed
 * @property {"ci" | "install"} command the npm command
 */

/** Installs tools from their own lock file, once. @param {ToolsFolder} tools */
export async function ensureToolsFolder({ name, title, expect, source, folder, command }) {
  const product = { name, inputs: [source], outputs: [`${folder}/node_modules/.package-lock.json`] };
  const install = async () => {
    mkdirSync(inRoot(folder), { recursive: true });
    cpSync(inRoot(source), inRoot(folder), { recursive: true });
    await npm(command, "--prefix", inRoot(folder));
  };
  await refresh(product, () => step(title, install, { expect }));
}

/** Uses the npm that started this script, if any: on Windows, `npm` cannot be started without a shell.
 * @param {string[]} args */
export async function npm(...args) {
  const script = process.env.npm_execpath;
  const [command, ...first] = script ? [process.execPath, script] : ["npm"];
  const options = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  await runOrFail(command ?? "npm", [...first, ...args, ...options], {
    advice: "This needs the network, once.",
  });
}
