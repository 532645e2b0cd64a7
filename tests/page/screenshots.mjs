// `node tests/page/screenshots.mjs` makes docs/screenshots/ from the dashboard of the built package, on the practice
// exchange. Those in Korean need a font with Hangul (Debian: fonts-nanum).
import { mkdirSync } from "node:fs";
import { installConsumer } from "../../scripts/consumer.mjs";
import { runAsScript } from "../../scripts/failure.mjs";
import { inRoot } from "../../scripts/paths.mjs";
import { sayDone } from "../../scripts/steps.mjs";
import { launchBrowser } from "./launch-browser.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("../../js/practice/exchange.ts").Exchange} Exchange */

/**
 * @typedef {object} Shot
 * @property {string} name
 * @property {(page: Page, exchange: Exchange) => Promise<void>} act
 * @property {number} [width]
 * @property {number} [height]
 * @property {"light" | "dark"} [scheme]
 * @property {string} [locale]
 * @property {number} [orders] more than the documented ones
 */

const folder = "docs/screenshots";

/** @type {Shot[]} */
const shots = [
  { name: "light", act: cancelSome, height: 1180 },
  { name: "dark", act: cancelSome, height: 1180, scheme: "dark" },
  { name: "phone", act: selectSome, width: 390, height: 844 },
  { name: "korean", act: cancelSome, height: 1180, locale: "ko-KR" },
  { name: "three-hundred", act: selectSome, height: 800, orders: 288 },
  { name: "confirm", act: showQuestion, height: 800, orders: 288 },
  { name: "batch", act: showBatch, height: 800, orders: 1500 },
  { name: "error", act: showErrors, height: 1180 },
  { name: "by-id", act: showById, height: 1180 },
];

/** By id, because the words are in two languages. @param {Page} page @param {string} id */
const click = (page, id) => page.locator(`#${id}`).click();

/** @param {Page} page */
async function showOrders(page) {
  await click(page, "use-practice-keys");
  await click(page, "show-orders");
  await page.locator("#orders-body tr").first().waitFor();
  await page.locator("#account").waitFor({ state: "hidden" });
}

/** @param {Page} page @param {number[]} rows */
async function select(page, rows) {
  await showOrders(page);
  for (const row of rows) await page.locator("#orders-body input").nth(row).check();
}

/** @param {Page} page */
async function confirmCancel(page) {
  await click(page, "cancel-selected");
  await click(page, "confirm-cancel");
}

/** @param {Page} page */
const done = (page) => page.locator('#activity[data-state="done"]').waitFor({ timeout: 30_000 });

/** @param {Page} page @param {Exchange} exchange */
async function cancelSome(page, exchange) {
  await select(page, [0, 1, 3, 9]);
  const filled = await page.locator("#orders-body tr").nth(3).getAttribute("data-uuid");
  exchange.orders.fill(filled ?? "");
  await confirmCancel(page);
  await done(page);
}

/** @param {Page} page */
async function selectSome(page) {
  await select(page, [0, 2, 3]);
}

/** @param {Page} page */
async function showQuestion(page) {
  await showOrders(page);
  await page.getByLabel("Market").selectOption("SGD-BTC");
  await page.locator("#select-all").check();
  await click(page, "cancel-selected");
}

/** @param {Page} page */
async function showBatch(page) {
  await showOrders(page);
  await page.locator("#confirm").uncheck();
  await page.locator("#select-all").check();
  await confirmCancel(page);
  await page.getByText(/ left$/).waitFor();
}

/** @param {Page} page @param {Exchange} exchange */
async function showErrors(page, exchange) {
  await select(page, [0, 1, 2, 3, 4, 5]);
  await page.locator("#confirm").uncheck();
  const uuids = exchange.orders.open().map(({ uuid }) => uuid);
  exchange.faults.next({ order: uuids[1] ?? "", body: "html" });
  const refused = { status: 403, name: "market_offline" };
  for (const order of uuids.slice(2, 5)) exchange.faults.next({ order, refused });
  await confirmCancel(page);
  await done(page);
}

/** @param {Page} page */
async function showById(page) {
  await click(page, "use-practice-keys");
  await click(page, "by-id");
  await page.getByLabel("UUID").fill("cdd92199-2897-4e14-9448-f923320408ad");
  await page.locator("#one-preview summary").click();
  const lines = [
    "# rebalancing",
    "43685861-3d4b-4ec3-9913-21edd73bc256 # ETH",
    "identifier=rebalance/2025-07:ETH+XRP",
  ];
  await page.getByLabel("Orders", { exact: true }).fill([...lines, "not an order"].join("\n"));
}

/** @param {Shot} shot @param {import("playwright-core").Browser} browser */
async function take(
  { name, act, width = 1120, height, scheme = "light", locale = "en-GB", orders = 0 },
  browser,
) {
  const { startDashboard, startExchange } = await import("./installed-dashboard.js");
  const exchange = await startExchange({ orders });
  const dashboard = await startDashboard({ practice: exchange, log: { write() {} } });
  try {
    const viewport = { width, height: height ?? 900 };
    const page = await browser.newPage({ viewport, colorScheme: scheme, locale });
    await page.goto(dashboard.url);
    await act(page, exchange);
    await page.mouse.move(0, 0);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: inRoot(folder, `${name}.png`) });
    await page.close();
  } finally {
    await Promise.all([dashboard.close(), exchange.close()]);
  }
}

await runAsScript(import.meta.url, async () => {
  await installConsumer();
  mkdirSync(inRoot(folder), { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const shot of shots) await take(shot, browser);
  } finally {
    await browser.close();
  }
  sayDone(`${shots.length} screenshots are in ${folder}/`);
});
