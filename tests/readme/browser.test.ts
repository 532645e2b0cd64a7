// The page of docs/browser.md, as it is written, in a real Chromium under a strict policy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { ensureChromium } from "../../scripts/browsers.mjs";
import { inRoot } from "../../scripts/paths.mjs";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { examplesOf } from "./documents.ts";

const [example = ""] = examplesOf("docs/browser.md", "html");
const script = /<script type="module">(.*)<\/script>/s.exec(example)?.[1] ?? assert.fail("no script");

const PAGE = `<!doctype html><form><input name="uuid"><input name="accessKey"><input name="secretKey"><button>Cancel</button>
</form><output></output><script type="module" src="/example.js"></script>`;

const LIBRARY = "/node_modules/upbit-cancel-order/index.js";

const FILES: Record<string, [type: string, body: () => string]> = {
  "/": ["text/html", () => PAGE],
  "/favicon.ico": ["image/x-icon", () => ""],
  "/example.js": ["text/javascript", () => script],
  [LIBRARY]: ["text/javascript", () => readFileSync(inRoot("target/consumer", LIBRARY), "utf8")],
};

/** Serves the page, and passes on what goes to the relay. */
function pageServer(exchangeUrl: string) {
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

test("the page cancels an order", async (t) => {
  const exchange = await openExchange(t);
  const server = pageServer(exchange.url);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const executablePath = await ensureChromium();
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  t.after(() => browser.close());
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`http://127.0.0.1:${port}/`);
  const { accessKey, secretKey } = exchange.keys.trader;
  for (const [name, value] of Object.entries({ uuid: EXAMPLE_UUID, accessKey, secretKey })) {
    await page.fill(`[name=${name}]`, value);
  }
  await page.click("button");
  await page.getByText(`Accepted: ${EXAMPLE_UUID}`).waitFor();
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
  assert.deepEqual(complaints, []);
});
