// `node tests/page/screenshots.mjs` makes docs/screenshots/ from the dashboard of the built package, on the practice
// exchange.
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
 * @property {number} [width]
 * @property {number} [height]
 * @property {"light" | "dark"} [scheme]
 * @property {(page: Page, exchange: Exchange) => Promise<void>} act
 */

const folder = "docs/screenshots";
const UNKNOWN_ORDER = "00000000-0000-4000-8000-000000000000";

/** @type {Shot[]} */
const shots = [
  { name: "light", act: cancelSome },
  { name: "dark", scheme: "dark", act: cancelSome },
  { name: "phone", width: 390, height: 844, act: cancelSome },
  { name: "confirm", act: showDialog },
  { name: "batch", act: showBatch },
  { name: "error", act: showErrors },
];

/** @param {Page} page */
async function useKeys(page) {
  await page.getByRole("button", { name: "Use practice keys" }).click();
}

/** @param {Page} page */
async function cancelSome(page) {
  await useKeys(page);
  const lines = [
    "# rebalancing",
    "43685861-3d4b-4ec3-9913-21edd73bc256",
    "identifier=rebalance/2025-07:ETH+XRP",
  ];
  await page.getByLabel("Orders").fill(lines.join("\n"));
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  await page.getByRole("button", { name: "Cancel 2 orders" }).click();
  await page.getByRole("row", { name: "rebalance" }).waitFor();
  await page.getByLabel("UUID").fill("cdd92199-2897-4e14-9448-f923320408ad");
  await page.getByRole("button", { name: "Cancel order" }).click();
  await page.getByRole("row", { name: "cdd92199" }).getByText("All fields").click();
}

/** @param {Page} page @param {Exchange} exchange */
async function showDialog(page, exchange) {
  await useKeys(page);
  const uuids = exchange.orders.open().map(({ uuid }) => uuid);
  await page.getByLabel("Orders").fill([...uuids, "19a59dcb-9f8f", uuids[0]].join("\n"));
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  await page.getByRole("dialog").waitFor();
}

/** @param {Page} page @param {Exchange} exchange */
async function showBatch(page, exchange) {
  await useKeys(page);
  const uuids = exchange.orders.addMany(200).map(({ uuid }) => uuid);
  const body = { error: { name: "market_offline", message: "Market is offline." } };
  exchange.faults.next({ order: uuids[3] ?? "", status: 403, body });
  await page.getByLabel("Orders").fill(uuids.join("\n"));
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  await page.getByRole("button", { name: "Cancel 200 orders" }).click();
  await page.getByText(/about .* left/).waitFor();
}

/** @param {Page} page @param {Exchange} exchange */
async function showErrors(page, exchange) {
  await useKeys(page);
  await page.getByLabel("UUID").fill(UNKNOWN_ORDER);
  await page.getByRole("button", { name: "Cancel order" }).click();
  await page.getByRole("row", { name: UNKNOWN_ORDER }).waitFor();
  exchange.faults.always({ body: "html" });
  await page.getByLabel("UUID").fill("b8d058cf-4e05-4fbf-a4f7-347abf3c0df6");
  await page.getByRole("button", { name: "Cancel order" }).click();
  await page.getByRole("row", { name: "b8d058cf" }).waitFor();
}

/** @param {Shot} shot @param {import("playwright-core").Browser} browser */
async function take({ name, width = 1280, height = 900, scheme = "light", act }, browser) {
  const { startDashboard, startExchange } = await import("./installed-dashboard.js");
  const exchange = await startExchange();
  const dashboard = await startDashboard({ practice: exchange, log: { write() {} } });
  try {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, locale: "en-GB" });
    await page.goto(dashboard.url);
    await act(page, exchange);
    const fullPage = !(await page.getByRole("dialog").isVisible()) && name !== "batch";
    await page.screenshot({ path: inRoot(folder, `${name}.png`), fullPage });
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
