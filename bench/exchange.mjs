// Runs the practice exchange in its own process, and serves pages for the browser in front of it.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { inRoot } from "../scripts/paths.mjs";
import { installed } from "./clients.mjs";
import { serve } from "./processes.mjs";

const { startExchange } = await import(installed("practice.js"));

/** @type {import("../js/practice/exchange.ts").Exchange} */
let exchange;

serve({
  /** @param {{ keys: import("./processes.mjs").Keys[], limited: boolean, fault: object }} input */
  async start({ keys, limited, fault }) {
    const accounts = keys.map((pair) => [pair.accessKey, { ...pair, account: pair.accessKey }]);
    // A clock that other processes share.
    const now = () => performance.timeOrigin + performance.now();
    const options = { keys: Object.fromEntries(accounts), orders: [], now };
    exchange = await startExchange({ ...options, ...(!limited && { limits: false }) });
    exchange.faults.always(fault);
    return exchange.url;
  },
  /** @param {{ count: number }} input */
  orders: ({ count }) => exchange.orders.addMany(count).map(({ uuid }) => uuid),
  /** How many of them are still open. @param {{ uuids: string[] }} input */
  open: ({ uuids }) => uuids.filter((uuid) => exchange.orders.isOpen(uuid)).length,
  /** All requests, in the order of arrival. */
  requests: () => exchange.requests.map(({ method, path, at, status }) => ({ method, path, at, status })),
  pages: startPages,
});

/** Serves pages on the same origin as a proxy to the exchange, which does not support CORS. */
async function startPages() {
  const server = createServer((request, response) => {
    const [, name, kind] = /^\/(\w+)\.(html|js)$/.exec(request.url ?? "") ?? [];
    if (name === undefined) return forward(request, response);
    const isScript = kind === "js";
    response.setHeader("Content-Type", `${isScript ? "text/javascript" : "text/html"}; charset=utf-8`);
    response.end(isScript ? readFileSync(inRoot("target/bench/pages", `${name}.js`)) : page(name));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
}

/** @param {string} name */
function page(name) {
  const script = name === "empty" ? "" : `<script type="module" src="/${name}.js"></script>`;
  const head = `<meta charset="utf-8"><link rel="icon" href="data:,"><title>${name}</title>`;
  return `<!doctype html><html lang="en">${head}${script}</html>`;
}

/** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
function forward({ method, url, headers }, response) {
  const { authorization = "" } = headers;
  const forwarded = httpRequest(`${exchange.url}${url}`, { method, headers: { authorization } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  forwarded.on("error", () => response.destroy());
  forwarded.end();
}
