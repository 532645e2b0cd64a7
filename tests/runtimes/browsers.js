// Chromium and Firefox, each started when the first row needs it, and WebKitGTK, started for each page.
import { createRequire } from "node:module";
import { ensureChromium, ensureFirefox } from "../../scripts/browsers.mjs";
import { inRoot } from "../../scripts/paths.mjs";
import { folder } from "./tools.js";
import { openSession } from "./webkit.js";

/** @typedef {"chromium" | "firefox" | "webkit"} BrowserName */

/**
 * What we use of puppeteer, whose own types are not installed in the checkout.
 * @typedef {object} Browser
 * @property {() => Promise<{ newPage(): Promise<Page>, close(): Promise<void> }>} createBrowserContext
 * @property {() => Promise<string>} version
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Page
 * @property {(url: string) => Promise<unknown>} goto
 * @property {(event: string, listener: (event: any) => void) => void} on
 */

const chromiumArguments = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

const launchers = {
  chromium: async () =>
    launch({ browser: "chrome", executablePath: await ensureChromium(), args: chromiumArguments }),
  firefox: async () => launch({ browser: "firefox", executablePath: await ensureFirefox() }),
};

/** @type {Map<BrowserName, Promise<Browser>>} */
const started = new Map();
/** Of those that were started, by their names. @type {Map<BrowserName, string>} */
const versions = new Map();

/** @param {object} options @returns {Promise<Browser>} */
function launch(options) {
  const puppeteer = createRequire(inRoot(folder, "package.json"))("puppeteer-core");
  return puppeteer.launch({ headless: true, ...options });
}

/** @param {keyof typeof launchers} name @returns {Promise<Browser>} */
async function browser(name) {
  const running = started.get(name) ?? launchers[name]();
  started.set(name, running);
  versions.set(name, (await (await running).version()).replace(/^.*\//, ""));
  return running;
}

/** Of a browser that has opened a page. @param {string} name */
export const browserVersion = (name) => versions.get(/** @type {BrowserName} */ (name)) ?? "";

export async function closeBrowsers() {
  await Promise.all([...started.values()].map(async (running) => (await running).close()));
  started.clear();
}

/**
 * Opens a page in a browser without a past.
 * @param {BrowserName} name
 * @param {string} url
 * @returns {Promise<{ complaints: string[], close: () => Promise<void> }>} what its console says
 */
export async function openPage(name, url) {
  if (name === "webkit") return openInWebKit(url);
  const context = await (await browser(name)).createBrowserContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url);
  return { complaints, close: () => context.close() };
}

/** Its console cannot be read. @param {string} url */
async function openInWebKit(url) {
  const { version, send, close } = await openSession();
  versions.set("webkit", version);
  await send("url", { url });
  return { complaints: [], close };
}
