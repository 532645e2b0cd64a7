// What a page pays: its download, and the time until it can cancel.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { ensureChromium } from "../scripts/browsers.mjs";
import { inRoot } from "../scripts/paths.mjs";
import { installed } from "./clients.mjs";
import { accounts, withExchange } from "./processes.mjs";
import { alternate, compare } from "./statistics.mjs";

const keys = accounts(1);

/** What opens a client in a page. Of ccxt only what Upbit needs, by a path that it does not export. */
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

/** Cancels one order as soon as it can, and tells when that was. */
const start = `async function start(open) {
  const { uuid, ...keys } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const client = open({ baseUrl: location.origin, keys: [keys] });
  const ready = performance.now();
  globalThis.told = { ready, canceled: await client.cancel(uuid) };
}`;

/** @type {import("./run.mjs").Row} */
export async function pages(scale) {
  const downloads = await bundleAll();
  const { chromium } = await import("playwright-core");
  // Root may not use the sandbox, and root is who containers run as.
  const args = ["--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args });
  try {
    const ready = await withExchange({ keys }, async (_url, exchange) => {
      const url = await exchange("pages");
      return alternate(Object.keys(openings), scale(11), (name) => visit(browser, url, name, exchange));
    });
    return [
      ...compare("A page is ready to cancel", "ms", ready, { webCrypto: 1.3, ccxt: undefined }),
      ...compare("Download of a page", "kB gzip", downloads, {
        ours: 70,
        webCrypto: undefined,
        ccxt: undefined,
      }),
    ];
  } finally {
    await browser.close();
  }
}

/** The whole script of each page, in target/bench/pages. @returns {Promise<Record<string, number[]>>} kB */
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
 * What ccxt loads on demand, for Node and for other exchanges, stays outside. Node's own modules are empty in a page.
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
 * From the start of the navigation, with empty caches.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {string} name
 * @param {import("./processes.mjs").Ask} exchange
 */
async function visit(browser, url, name, exchange) {
  const [uuid] = await exchange("orders", { count: 1 });
  // With caches of its own.
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // Another page of the same origin first, so that the process of the page is there.
    await page.goto(`${url}/empty.html`);
    await page.goto(`${url}/${name}.html#${new URLSearchParams({ ...keys[0], uuid })}`);
    const told = await page.waitForFunction(() => /** @type {any} */ (globalThis).told);
    const { ready, canceled } = await told.jsonValue();
    if (canceled !== uuid) throw new Error(`The page of ${name} did not cancel ${uuid}`);
    return ready;
  } finally {
    await context.close();
  }
}
