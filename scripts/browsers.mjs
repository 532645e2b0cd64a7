// Finds browsers for the tests, or installs Debian's.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "./failure.mjs";
import { runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

/**
 * @typedef {object} Program
 * @property {string} title
 * @property {string[]} commands its possible names on the PATH, or absolute paths
 * @property {string} debianPackage
 */

/** @type {Program} */
const chromium = {
  title: "Chromium",
  commands: [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
  ],
  debianPackage: "chromium",
};

/** @type {Program} */
const firefox = {
  title: "Firefox",
  commands: [
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:/Program Files/Mozilla Firefox/firefox.exe",
  ],
  debianPackage: "firefox-esr",
};

/** The path of Chromium, or of Chrome. */
export const ensureChromium = () => ensure(chromium);

/** The path of Firefox. */
export const ensureFirefox = () => ensure(firefox);

/** The paths of WebKitGTK's WebDriver and of Xvfb, because it has no headless mode. Linux only. */
export async function ensureWebKit() {
  const driver = { title: "WebKitGTK", commands: ["WebKitWebDriver"], debianPackage: "webkit2gtk-driver" };
  const screen = { title: "Xvfb", commands: ["Xvfb"], debianPackage: "xvfb" };
  return { driver: await ensure(driver), screen: await ensure(screen) };
}

/** One at a time, because Debian's package manager uses a lock. @type {Promise<unknown>} */
let earlier = Promise.resolve();

/** @param {Program} program @returns {Promise<string>} */
function ensure(program) {
  const path = earlier.then(() => findOrInstall(program));
  earlier = path.catch(() => {});
  return path;
}

/** @param {Program} program */
async function findOrInstall({ title, commands, debianPackage }) {
  const found = find(commands);
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) {
    throw new Failure(`${title} is not on the PATH`, {
      advice: `Install it (Debian: sudo apt-get install ${debianPackage}) and try again.`,
    });
  }
  const install = () => installOnDebian(debianPackage);
  await step(`Installing ${title}`, install, { expect: "once per machine, about 1 minute" });
  const installed = find(commands);
  if (!installed) throw new Failure(`Debian's ${debianPackage} is installed, but not on the PATH`);
  return installed;
}

/** @param {string[]} commands */
function find(commands) {
  const folders = ["", ...(process.env.PATH ?? "").split(delimiter)];
  const places = folders.flatMap((folder) => commands.map((command) => join(folder, command)));
  return places.find((path) => existsSync(path));
}

/** @param {string} debianPackage */
async function installOnDebian(debianPackage) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runOrFail("apt-get", ["update"], { env });
  await runOrFail("apt-get", ["install", "-y", "--no-install-recommends", debianPackage], { env });
}
