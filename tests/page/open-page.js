// A browser page on a dashboard of its own, on an exchange of its own, under watch.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { startDashboard, startExchange } from "./installed-dashboard.js";
import { launchBrowser } from "./launch-browser.js";
import { recordCoverage } from "./page-coverage.js";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @typedef {object} PageOptions
 * @property {import("../../js/practice/exchange.ts").ExchangeOptions} [exchange]
 * @property {import("playwright-core").BrowserContextOptions} [context]
 * @property {(page: Page) => Promise<void>} [prepare] before the page is opened
 * @property {boolean} [practice] default true
 */

/** Chromium says this of every answer above 399, which here is no error of the page. */
const REFUSED = /^Failed to load resource/;

/** Registers a browser for the tests of a file, and returns what opens a page in it. */
export function browserForTests() {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => void (browser = await launchBrowser()));
  after(() => browser.close());
  return (/** @type {import("node:test").TestContext} */ t, /** @type {PageOptions} */ options = {}) =>
    openPage(t, browser, options);
}

/**
 * @param {import("node:test").TestContext} t
 * @param {import("playwright-core").Browser} browser
 * @param {PageOptions} options
 */
async function openPage(
  t,
  browser,
  { exchange: exchangeOptions, context: contextOptions, prepare, practice = true },
) {
  const exchange = await startExchange(exchangeOptions);
  t.after(() => exchange.close());
  const dashboard = await startDashboard({ practice: practice && exchange, log: { write() {} } });
  t.after(() => dashboard.close());
  const context = await browser.newContext({ locale: "en-GB", ...contextOptions });
  const page = await context.newPage();
  t.after(await recordCoverage(page));
  t.after(() => context.close());
  const seen = watch(page);
  t.after(() => {
    const foreign = seen.urls.filter((url) => !url.startsWith(`${dashboard.url}/`));
    assert.deepEqual(seen.errors, [], "errors on the console");
    assert.deepEqual(foreign, [], "requests to others");
  });
  await prepare?.(page);
  await page.goto(dashboard.url);
  await page.locator("#own-address:not(:empty)").waitFor();
  return { page, exchange, dashboard, ...seen };
}

/** @param {Page} page */
function watch(page) {
  /** @type {string[]} */
  const errors = [];
  /** @type {string[]} */
  const urls = [];
  /** @type {import("playwright-core").Request[]} */
  const requests = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    const isError = message.type() === "error" || message.type() === "warning";
    if (isError && !REFUSED.test(message.text())) errors.push(message.text());
  });
  page.on("request", (request) => {
    requests.push(request);
    urls.push(request.url());
  });
  return { errors, urls, requests };
}

/** @param {Page} page */
export async function usePracticeKeys(page) {
  await page.getByRole("button", { name: "Use practice keys" }).click();
}

/**
 * @param {Page} page
 * @param {string} uuid
 */
export async function cancelByUuid(page, uuid) {
  await page.getByLabel("UUID").fill(uuid);
  await page.getByRole("button", { name: "Cancel order" }).click();
}

/**
 * Up to the moment when the batch begins.
 * @param {Page} page
 * @param {string[]} lines
 * @param {number} [count] of those that are orders
 */
export async function cancelMany(page, lines, count = lines.length) {
  await page.getByLabel("Orders").fill(lines.join("\n"));
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  await page.getByRole("button", { name: `Cancel ${count} orders` }).click();
}
