// Where the package must work, as data. The versions are those of tools/package.json, and Debian's browsers.

/**
 * @typedef {object} Row
 * @property {string} name for `npm run test:runtimes -- NAME`
 * @property {string} title as docs/runtimes.md shows it
 * @property {string} tool whose version counts
 * @property {string} consumer its folder in tests/consumers
 * @property {Command[]} [run] to be run in the folder, one after the other, each to its end
 * @property {string[]} [site] folders that are then served, under a strict Content-Security-Policy
 * @property {Command} [server] the tool's own server, which is started then
 * @property {string[]} [requests] paths that it is asked for
 * @property {string[]} [pages] paths that are opened in a browser
 * @property {import("./browsers.js").BrowserName} [browser] which one; default: Chromium
 * @property {number} reports how often the suite is run
 */

/**
 * `{desk}` stands for the address of the desk, `{tarball}` for the package.
 * @typedef {import("./command.js").Command} Command
 */

/** @param {string} version @returns {Row[]} */
const node = (version) => [
  {
    name: `node-${version}-import`,
    title: `Node.js ${version}, \`import\``,
    tool: `node-${version}`,
    consumer: "program",
    run: [[`node-${version}`, "import.mjs", "{desk}"]],
    reports: 1,
  },
  {
    name: `node-${version}-require`,
    title: `Node.js ${version}, \`require\``,
    tool: `node-${version}`,
    consumer: "program",
    run: [[`node-${version}`, "require.cjs", "{desk}"]],
    reports: 1,
  },
];

const plainPages = {
  page: "page without a bundler",
  worker: "Web Worker",
  "service-worker": "Service Worker",
};

/** @param {import("./browsers.js").BrowserName} browser @param {string} title @returns {Row[]} */
const plain = (browser, title) =>
  Object.entries(plainPages).map(([page, what]) => ({
    name: `${browser}-${page}`,
    title: `${title}, ${what}, strict CSP`,
    tool: browser,
    consumer: "plain",
    site: ["."],
    pages: [`/?${page}`],
    browser,
    reports: 1,
  }));

/**
 * A page that is bundled and then served.
 * @param {string} tool @param {string} title @param {Command} command @param {string[]} site
 * @returns {Row}
 */
const bundled = (tool, title, command, site) => ({
  name: tool,
  title,
  tool,
  consumer: "page",
  run: [command],
  site,
  pages: ["/"],
  reports: 1,
});

/** @param {string} resolution @param {string} module @returns {Row} */
const typescript = (resolution, module) => ({
  name: `typescript-${resolution}`,
  title: `TypeScript 5 and 7, \`moduleResolution: ${resolution}\``,
  tool: "typescript",
  consumer: "typescript",
  run: [
    ["tsc", "--moduleResolution", resolution, "--module", module],
    ["tsc-7", "--moduleResolution", resolution, "--module", module],
  ],
  reports: 0,
});

const bundleToDist = ["--bundle", "--outdir=dist"];
/** What Cloudflare's own command line does with a .wasm file. */
const copyWasm = ["--loader:.wasm=copy", "--asset-names=[name]"];

/** @type {Row[]} */
export const matrix = [
  ...["20", "22", "24"].flatMap(node),
  {
    name: "node-both",
    title: "Node.js, `import` and `require` in one process",
    tool: "node-20",
    consumer: "program",
    run: [["node-20", "both.mjs", "{desk}"]],
    reports: 1,
  },
  {
    name: "no-text-coding",
    title: "Node.js without `TextEncoder` and `TextDecoder`, as jsdom in Jest",
    tool: "node-20",
    consumer: "program",
    run: [["node-20", "without-text-coding.mjs", "{desk}"]],
    reports: 1,
  },
  {
    name: "bun",
    title: "Bun, `import` and `require`",
    tool: "bun",
    consumer: "program",
    run: [
      ["bun", "import.mjs", "{desk}"],
      ["bun", "require.cjs", "{desk}"],
    ],
    reports: 2,
  },
  {
    name: "deno",
    title: "Deno, no permission but for the exchange",
    tool: "deno",
    consumer: "program",
    run: [["deno", "run", "--no-prompt", "--allow-net=127.0.0.1", "import.mjs", "{desk}"]],
    reports: 1,
  },
  {
    name: "workerd",
    title: "Cloudflare Workers (workerd)",
    tool: "workerd",
    consumer: "workerd",
    run: [["esbuild", "worker.js", ...bundleToDist, "--format=esm", "--conditions=workerd", ...copyWasm]],
    server: ["workerd", "serve", "--control-fd=1", "workerd.capnp"],
    requests: ["/?desk={desk}"],
    reports: 1,
  },
  {
    name: "vite-dev",
    title: "Vite, development server",
    tool: "vite",
    consumer: "page",
    server: ["vite", "--host", "127.0.0.1", "--port", "0"],
    pages: ["/"],
    reports: 1,
  },
  bundled("vite", "Vite, production build", ["vite", "build"], ["dist"]),
  bundled("webpack", "webpack", ["webpack", "./main.js", "--mode=production"], ["dist", "."]),
  bundled(
    "rollup",
    "Rollup",
    ["rollup", "main.js", "--plugin=node-resolve", "--file=dist/main.js", "--format=es"],
    ["dist", "."],
  ),
  bundled("esbuild", "esbuild", ["esbuild", "main.js", ...bundleToDist, "--minify"], ["dist", "."]),
  {
    name: "esbuild-node",
    title: "esbuild, for Node.js",
    tool: "esbuild",
    consumer: "program",
    run: [
      ["esbuild", "import.mjs", "--bundle", "--platform=node", "--format=esm", "--outfile=dist/program.mjs"],
      ["node-20", "dist/program.mjs", "{desk}"],
    ],
    reports: 1,
  },
  bundled("parcel", "Parcel", ["parcel", "build", "index.html", "--no-source-maps"], ["dist"]),
  {
    name: "next",
    title: "Next.js: server component, route, edge route, client",
    tool: "next",
    consumer: "next",
    run: [["next", "build"]],
    server: ["next", "start", "--hostname", "127.0.0.1", "--port", "0"],
    requests: ["/?desk={desk}", "/route?desk={desk}", "/edge?desk={desk}"],
    pages: ["/client"],
    reports: 4,
  },
  ...plain("chromium", "Chromium"),
  ...plain("firefox", "Firefox"),
  ...(process.platform === "linux" ? plain("webkit", "WebKitGTK, the engine of Safari") : []),
  {
    name: "vitest-node",
    title: "Vitest, node",
    tool: "vitest",
    consumer: "vitest",
    run: [["vitest", "run"]],
    reports: 1,
  },
  {
    name: "vitest-jsdom",
    title: "Vitest, jsdom",
    tool: "vitest",
    consumer: "vitest",
    run: [["vitest", "run", "--environment=jsdom"]],
    reports: 1,
  },
  typescript("bundler", "preserve"),
  typescript("node16", "node16"),
  typescript("nodenext", "nodenext"),
  {
    name: "publint",
    title: "publint `--strict`",
    tool: "publint",
    consumer: "program",
    run: [["publint", "run", "{tarball}", "--strict"]],
    reports: 0,
  },
  {
    name: "attw",
    title: "Are the types wrong?",
    tool: "@arethetypeswrong/cli",
    consumer: "program",
    run: [["attw", "{tarball}"]],
    reports: 0,
  },
];
