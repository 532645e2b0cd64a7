// The README's page, as it is written, in a real Chromium under a strict policy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { ensureChromium } from "../../scripts/browsers.mjs";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const example = /^```html\n(.*?)^```/ms.exec(readme)?.[1] ?? assert.fail("no example");
const script = /<script type="module">(.*)<\/script>/s.exec(example)?.[1] ?? assert.fail("no script");
const installed = new URL("../../target/consumer", import.meta.url);

const PAGE = `<!doctype html><form><input name="uuid"><input name="accessKey"><input name="secretKey"><button>Cancel</button>
</form><output></output><script type="module" src="/example.js"></script>`;

/** @type {Record<string, [type: string, body: () => string]>} */
const FILES = {
  "/": ["text/html", () => PAGE],
  "/favicon.ico": ["image/x-icon", () => ""],
  "/example.js": ["text/javascript", () => script],
  "/node_modules/upbit-cancel-order/index.js": [
    "text/javascript",
    () => readFileSync(new URL(`${installed.href}/node_modules/upbit-cancel-order/index.js`), "utf8"),
  ],
};

/** Serves the page, and passes on what goes to the relay. @param {string} exchangeUrl */
function pageServer(exchangeUrl) {
  return createServer((incoming, answer) => {
    const [type, body] = FILES[incoming.url ?? ""] ?? [];
    if (type && body) {
      answer.setHeader("Content-Type", `${type}; charset=utf-8`);
      answer.setHeader("Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
      answer.end(body());
      return;
    }
    const url = `${exchangeUrl}${incoming.url?.replace("/relay/sg", "")}`;
    const { authorization = "" } = incoming.headers;
    request(url, { method: incoming.method ?? "GET", headers: { authorization } }, (upstream) => {
      answer.writeHead(upstream.statusCode ?? 502, upstream.headers);
      upstream.pipe(answer);
    }).end();
  });
}

test("the page of the README cancels an order", async (t) => {
  const exchange = await openExchange(t);
  const server = pageServer(exchange.url);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const executablePath = await ensureChromium();
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  t.after(() => browser.close());
  const page = await browser.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`http://127.0.0.1:${port}/`);
  const { accessKey, secretKey } = exchange.keys.trader;
  for (const [name, value] of Object.entries({ uuid: EXAMPLE_UUID, accessKey, secretKey })) {
    await page.fill(`[name=${name}]`, value);
  }
  await page.click("button");
  await page.getByText(`Canceled ${EXAMPLE_UUID}`).waitFor();
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
  assert.deepEqual(complaints, []);
});
