// The whole script of a page for each peer, bundled in the same way.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { inRoot } from "../../scripts/paths.mjs";

/** Peers that run in a page. @type {import("../peers/peers.mjs").Peer[]} */
export const inPages = ["ours", "web-crypto", "jose", "ccxt-upbit", "ccxt"];

export const pagesFolder = inRoot("target/bench/pages");

/**
 * ccxt needs more than esbuild does by itself: what it loads on demand only, for Node and for other
 * exchanges, stays outside, and Node's own modules are empty in a page.
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

/** @type {ReturnType<typeof bundle> | undefined} */
let bundled;

/** Once, however many rows want it. */
export const bundlePages = () => (bundled ??= bundle());

async function bundle() {
  // Only there once the peers are installed.
  const { build } = await import("esbuild");
  const sizes = await Promise.all(
    inPages.map(async (peer) => {
      const outfile = `${pagesFolder}/${peer}.js`;
      await build({
        stdin: {
          contents: `import { open } from "./peers/${peer}.mjs";
            import { start } from "./pages/start.mjs";
            start(open);`,
          resolveDir: inRoot("bench"),
        },
        outfile,
        bundle: true,
        minify: true,
        format: "esm",
        platform: "browser",
        target: "es2022",
        legalComments: "none",
        logLevel: "error",
        plugins: [forPages],
      });
      return /** @type {const} */ ([peer, sizesOf(readFileSync(outfile))]);
    }),
  );
  return Object.fromEntries(sizes);
}

/** @param {Buffer} script */
function sizesOf(script) {
  const [gzip, brotli] = [gzipSync(script, { level: 9 }), brotliCompressSync(script)];
  return { raw: script.length / 1000, gzip: gzip.length / 1000, brotli: brotli.length / 1000 };
}
