// Browsers for the tests: the one that is there, or Debian's.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "./failure.mjs";
import { runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

/**
 * @typedef {object} Browser
 * @property {string} title
 * @property {string[]} commands what it may be called on the PATH
 * @property {string} onMac where it is on macOS
 * @property {string} debianPackage
 */

/** @type {Browser} */
const chromium = {
  title: "Chromium",
  commands: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  onMac: "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  debianPackage: "chromium",
};

/** @type {Browser} */
const firefox = {
  title: "Firefox",
  commands: ["firefox-esr", "firefox"],
  onMac: "/Applications/Firefox.app/Contents/MacOS/firefox",
  debianPackage: "firefox-esr",
};

/** The path of Chromium, or of Chrome. */
export const ensureChromium = () => ensure(chromium);

/** The path of Firefox. */
export const ensureFirefox = () => ensure(firefox);

/** @param {Browser} browser */
async function ensure(browser) {
  const { title, debianPackage } = browser;
  const found = find(browser);
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) {
    throw new Failure(`${title} is not on the PATH`, {
      advice: `Install it (Debian: sudo apt-get install ${debianPackage}) and try again.`,
    });
  }
  const install = () => installOnDebian(debianPackage);
  await step(`Installing ${title}`, install, { expect: "once per machine, about 1 minute" });
  const installed = find(browser);
  if (!installed) throw new Failure(`Debian's ${debianPackage} is installed, but not on the PATH`);
  return installed;
}

/** @param {Browser} browser */
function find({ commands, onMac }) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = folders.flatMap((folder) => commands.map((command) => join(folder, command)));
  return [...places, onMac].find((path) => existsSync(path));
}

/** @param {string} debianPackage */
async function installOnDebian(debianPackage) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runOrFail("apt-get", ["update"], { env });
  await runOrFail("apt-get", ["install", "-y", "--no-install-recommends", debianPackage], { env });
}
