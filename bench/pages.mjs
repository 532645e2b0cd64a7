// Pages: the download size, and the time until a page is ready to cancel.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { ensureChromium } from "../scripts/browsers.mjs";
import { inRoot } from "../scripts/paths.mjs";
import { installed } from "./clients.mjs";
import { accounts, withExchange } from "./processes.mjs";
import { alternate, compare } from "./statistics.mjs";

const keys = accounts(1);

/** The code that opens a client in a page. ccxt is imported by an unexported path, to load Upbit only. */
const openings = {
  ours: `import { UpbitClient } from ${JSON.stringify(new URL(installed("index.js")).pathname)};
    import { ours } from "./clients.mjs";
    start((options) => ours({ UpbitClient }, options));`,
  webCrypto: `import { webCrypto } from "./clients.mjs";
    start(webCrypto);`,
  ccxt: `import upbit from "../target/peers/node_modules/ccxt/js/src/upbit.js";
    import { ccxt } from "./clients.mjs";
    start((options) => ccxt(upbit, options));`,
};

/** Cancels one order as soon as possible and reports when the client was ready. */
const start = `async function start(open) {
  const { uuid, ...keys } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const client = open({ baseUrl: location.origin, keys: [keys] });
  const ready = performance.now();
  globalThis.measured = { ready, canceled: await client.cancel(uuid) };
}`;

/** @type {import("./run.mjs").Row} */
export async function pages(scale) {
  const downloads = await bundleAll();
  const { chromium } = await import("playwright-core");
  // Chromium's sandbox does not work as root, which is the user in containers.
  const args = ["--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args });
  try {
    const ready = await withExchange({ keys }, async (_url, exchange) => {
      const url = await exchange("pages");
      return alternate(Object.keys(openings), scale(11), (name) => visit(browser, url, name, exchange));
    });
    return [
      ...compare("Page load until ready to cancel", "ms", ready, { webCrypto: 1.3, ccxt: undefined }),
      ...compare("Download size of a page", "kB gzip", downloads, {
        ours: 70,
        webCrypto: undefined,
        ccxt: undefined,
      }),
    ];
  } finally {
    await browser.close();
  }
}

/** Bundles the script of each page into target/bench/pages. @returns {Promise<Record<string, number[]>>} gzip sizes in kB */
async function bundleAll() {
  const { build } = await import("esbuild");
  const sizes = Object.entries(openings).map(async ([name, opening]) => {
    const outfile = inRoot("target/bench/pages", `${name}.js`);
    await build({
      stdin: { contents: `${start}\n${opening}`, resolveDir: inRoot("bench") },
      outfile,
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      legalComments: "none",
      logLevel: "error",
      plugins: [forPages],
    });
    return [name, [gzipSync(readFileSync(outfile), { level: 9 }).length / 1000]];
  });
  return Object.fromEntries(await Promise.all(sizes));
}

/**
 * Leaves out what ccxt loads on demand for Node and other exchanges, and replaces Node's modules by empty ones.
 * @type {import("esbuild").Plugin}
 */
const forPages = {
  name: "for-pages",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path, external: true } : null,
    );
    onResolve({ filter: /^(node:.+|crypto)$/ }, ({ path }) => ({ path, namespace: "empty" }));
    onLoad({ filter: /./, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
  },
};

/**
 * Measures from the start of the navigation, with empty caches.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {string} name
 * @param {import("./processes.mjs").Ask} exchange
 */
async function visit(browser, url, name, exchange) {
  const [uuid] = await exchange("orders", { count: 1 });
  // A new context has empty caches.
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // Open another page of the same origin first, so that the renderer process is running.
    await page.goto(`${url}/empty.html`);
    await page.goto(`${url}/${name}.html#${new URLSearchParams({ ...keys[0], uuid })}`);
    const measured = await page.waitForFunction(() => /** @type {any} */ (globalThis).measured);
    const { ready, canceled } = await measured.jsonValue();
    if (canceled !== uuid) throw new Error(`The page of ${name} did not cancel ${uuid}`);
    return ready;
  } finally {
    await context.close();
  }
}
