// What a page has to load, all in one file.
import { bundlePages } from "../pages/bundles.mjs";
import { spread } from "../statistics.mjs";

/** @type {import("./rows.mjs").Row} */
export const download = {
  title: "Download of a page",
  note:
    "The page's whole script by `esbuild --bundle --minify`, gzip at level 9, brotli at 11. In a page, the " +
    "hand-written client and jose use the Web Cryptography API; jsonwebtoken needs Node. ccxt is there " +
    "twice: as one imports it, and by an inner path that its package does not export.",
  columns: [
    { name: "gzip", title: "gzip", unit: "kB" },
    { name: "brotli", title: "brotli", unit: "kB" },
    { name: "raw", title: "raw", unit: "kB" },
  ],
  base: "ours",
  targets: [{ of: "gzip", most: 40 }],
  async run() {
    const sizes = Object.entries(await bundlePages());
    return Object.fromEntries(
      sizes.map(([peer, { gzip, brotli, raw }]) => [
        peer,
        { gzip: spread([gzip]), brotli: spread([brotli]), raw: spread([raw]) },
      ]),
    );
  },
};
