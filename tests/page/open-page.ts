// A browser page on a dashboard of its own, on an exchange of its own, under watch.
import assert from "node:assert/strict";
import { after, before, type TestContext } from "node:test";
import type { Browser, BrowserContextOptions, Locator, Page, Request } from "playwright-core";
import type { Exchange, ExchangeOptions } from "../../js/practice/exchange.ts";
import type { Keys } from "../../www/account.ts";
import { startDashboard, startExchange } from "./installed-dashboard.js";
import { launchBrowser } from "./launch-browser.js";
import { recordCoverage } from "./page-coverage.js";

export interface PageOptions {
  exchange?: ExchangeOptions;
  context?: BrowserContextOptions;
  /** Done before the page is opened. */
  prepare?: (page: Page) => Promise<unknown>;
  /** Default true. */
  practice?: boolean;
}

/** Chromium says this of every answer above 399, which here is no error of the page. */
const REFUSED = /^Failed to load resource/;

/** Registers a browser for the tests of a file, and returns what opens a page in it. */
export function browserForTests() {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  return (t: TestContext, options: PageOptions = {}) => openPage(t, browser, options);
}

async function openPage(t: TestContext, browser: Browser, options: PageOptions) {
  const exchange = await startExchange(options.exchange);
  t.after(() => exchange.close());
  const practice = options.practice === false ? false : exchange;
  const dashboard = await startDashboard({ practice, log: { write() {} } });
  t.after(() => dashboard.close());
  const context = await browser.newContext({ locale: "en-GB", ...options.context });
  const page = await context.newPage();
  t.after(await recordCoverage(page));
  t.after(() => context.close());
  const seen = watch(page);
  t.after(() => {
    const foreign = seen.requests
      .map((request) => request.url())
      .filter((url) => !url.startsWith(`${dashboard.url}/`));
    assert.deepEqual(seen.errors, [], "errors on the console");
    assert.deepEqual(foreign, [], "requests to others");
  });
  await options.prepare?.(page);
  await page.goto(dashboard.url);
  await page.locator("#own-address:not(:empty)").waitFor();
  return { page, exchange, dashboard, ...seen };
}

function watch(page: Page): { errors: string[]; requests: Request[] } {
  const errors: string[] = [];
  const requests: Request[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    const isError = message.type() === "error" || message.type() === "warning";
    if (isError && !REFUSED.test(message.text())) errors.push(message.text());
  });
  page.on("request", (request) => requests.push(request));
  return { errors, requests };
}

export async function usePracticeKeys(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Use practice keys" }).click();
}

export async function enterKeys(page: Page, { accessKey, secretKey }: Keys): Promise<void> {
  await page.getByLabel("Access key").fill(accessKey);
  await page.getByLabel("Secret key").fill(secretKey);
}

/** With practice keys, until the list is there. */
export async function showOrders(page: Page): Promise<void> {
  await usePracticeKeys(page);
  await page.getByRole("button", { name: "Show open orders" }).click();
  await page.locator("#as-of:not(:empty)").waitFor();
  await page.getByRole("button", { name: "Change account" }).waitFor();
}

/** Clicks "Refresh" and waits until the list has been read. */
export async function refresh(page: Page): Promise<void> {
  const listed = page.waitForResponse(/orders\/open/);
  await page.getByRole("button", { name: "Refresh" }).click();
  await listed;
}

/** The row of an open order. */
export function rowOf(page: Page, { uuid }: { uuid: string }): Locator {
  return page.locator(`#orders-body tr[data-uuid="${uuid}"]`);
}

/** Clicks what has this id: its words are in two languages. */
export const clickId = (page: Page, id: string) => page.locator(`#${id}`).click();

/** Waits for a state in the row of an open order. */
export async function waitForState(page: Page, order: { uuid: string }, state: string): Promise<void> {
  await rowOf(page, order).getByRole("cell", { name: state, exact: true }).waitFor();
}

/** The row of a result. */
export function resultOf(page: Page, id: string): Locator {
  return page.getByRole("table", { name: "Results" }).getByRole("row", { name: id });
}

export async function openById(page: Page): Promise<void> {
  const toggle = page.getByRole("button", { name: "By id" });
  if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
}

export async function cancelByUuid(page: Page, uuid: string): Promise<void> {
  await openById(page);
  await page.getByLabel("UUID").fill(uuid);
  await page.getByRole("button", { name: "Cancel order" }).click();
}

/**
 * Up to the moment when the batch begins.
 * @param count of the lines that are orders
 */
export async function cancelMany(page: Page, lines: string[], count = lines.length): Promise<void> {
  await openById(page);
  await page.getByLabel("Orders").fill(lines.join("\n"));
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  await page.getByRole("button", { name: `Cancel ${count} orders` }).click();
}

/** Clicks "Cancel N selected" and confirms. */
export async function cancelSelected(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Cancel \d+ selected$/ }).click();
  await page.getByRole("button", { name: /^Cancel \d+ orders?$/ }).click();
}

/** The title of what the page has done, once it is done. */
export async function doneWith(page: Page, summary: string): Promise<void> {
  await page.getByRole("heading", { name: `Done: ${summary}`, exact: true }).waitFor();
}

export function uuidsOf(exchange: Exchange, count: number): string[] {
  return exchange.orders.addMany(count).map(({ uuid }) => uuid);
}

/** Waits until this element has the focus: a dialog gives it back a moment after it has closed. */
export const focusOn = (page: Page, id: string): Promise<void> => page.locator(`#${id}:focus`).waitFor();

export function activeId(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.id ?? "");
}
