// The first cancellation of a page, in a browser that has never seen it.
import { chromium } from "playwright-core";
import { ensureChromium } from "../../scripts/browsers.mjs";
import { someAccounts, withExchange } from "../exchange/exchange.mjs";
import { bundlePages, inPages } from "../pages/bundles.mjs";
import { alternate } from "../statistics.mjs";

/** @typedef {import("../exchange/exchange.mjs").Exchange} Exchange */
/** @typedef {import("playwright-core").Browser} Browser */

const accounts = someAccounts(1);

/** @type {import("./rows.mjs").Row} */
export const browser = {
  title: "First cancellation of a cold page in Chromium",
  note:
    "From the start of the navigation, with empty caches and a local server: a real network adds what the " +
    "download takes. Main thread: all tasks of the page until then.",
  columns: [
    { name: "ready", title: "ready to cancel", unit: "ms" },
    { name: "done", title: "canceled", unit: "ms" },
    { name: "main", title: "main thread", unit: "ms" },
  ],
  base: "ours",
  targets: [],
  async run({ scale }) {
    await bundlePages();
    const executablePath = await ensureChromium();
    // Root may not use the sandbox, and root is who containers run as.
    const args = ["--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
    const launched = await chromium.launch({ executablePath, args });
    try {
      return await withExchange({ accounts }, async (exchange) => {
        const { url } = await exchange.ask("pages");
        return alternate(inPages, scale(5), (peer) => visit(launched, `${url}/${peer}.html`, exchange));
      });
    } finally {
      await launched.close();
    }
  },
};

/** @param {Browser} launched @param {string} url @param {Exchange} exchange */
async function visit(launched, url, exchange) {
  const [uuid] = await exchange.ask("orders", { count: 1 });
  // With caches of its own.
  const context = await launched.newContext();
  try {
    const page = await context.newPage();
    // A page of the same origin first, so that the process of the page is up.
    await page.goto(new URL("/empty.html", url).href);
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable");
    const before = await mainThreadMs(session);
    await page.goto(`${url}#${new URLSearchParams({ ...accounts[0], uuid })}`);
    const told = await page.waitForFunction(() => /** @type {any} */ (globalThis).told);
    const main = (await mainThreadMs(session)) - before;
    const { ready, done, canceled } = await told.jsonValue();
    if (canceled !== uuid) throw new Error(`${url} was to cancel ${uuid}, and was told of ${canceled}`);
    return { ready, done, main };
  } finally {
    await context.close();
  }
}

/** @param {import("playwright-core").CDPSession} session */
async function mainThreadMs(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value;
  if (seconds === undefined) throw new Error("Chromium does not tell how long its tasks took");
  return seconds * 1000;
}
