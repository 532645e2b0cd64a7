// What a page has run, left where Node leaves what it has run itself; scripts/coverage.mjs asks for it.
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const INSTALLED = "target/consumer/node_modules/upbit-cancel-order";

/** Where the file lies that the dashboard serves under a URL.
 * @param {string} url */
function fileUrl(url) {
  const { pathname } = new URL(url);
  return pathToFileURL(INSTALLED + (pathname === "/upbit-cancel-order.js" ? "/index.js" : `/www${pathname}`))
    .href;
}

/**
 * @param {import("playwright-core").Page} page
 * @returns {Promise<() => Promise<void>>} what ends it, before the page is closed
 */
export async function recordCoverage(page) {
  const folder = process.env.NODE_V8_COVERAGE;
  if (!folder) return async () => {};
  await page.coverage.startJSCoverage({ resetOnNavigation: false });
  return async () => {
    const scripts = await page.coverage.stopJSCoverage();
    const result = scripts.map((script) => ({ ...script, url: fileUrl(script.url) }));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `coverage-page-${randomUUID()}.json`), JSON.stringify({ result }));
  };
}
