// A page for each peer, and on the same origin a way through to the exchange, which answers no other origin.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { pagesFolder } from "./bundles.mjs";

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {import("node:http").ServerResponse} ServerResponse */

/** @param {string} exchangeUrl */
export async function startPages(exchangeUrl) {
  const server = createServer((request, response) => {
    const [, peer, kind] = /^\/([\w-]+)\.(html|js)$/.exec(request.url ?? "") ?? [];
    if (kind === "js") serve(response, "text/javascript", readFileSync(`${pagesFolder}/${peer}.js`));
    else if (kind === "html") serve(response, "text/html", page(peer ?? ""));
    else passThrough(request, response, exchangeUrl);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}` };
}

/** @param {string} peer */
function page(peer) {
  const script = peer === "empty" ? "" : `<script type="module" src="/${peer}.js"></script>`;
  const head = `<meta charset="utf-8"><link rel="icon" href="data:,"><title>${peer}</title>`;
  return `<!doctype html><html lang="en">${head}${script}</html>`;
}

/** @param {ServerResponse} response @param {string} type @param {string | Buffer} body */
function serve(response, type, body) {
  response.writeHead(200, { "Content-Type": `${type}; charset=utf-8` });
  response.end(body);
}

/** @param {IncomingMessage} incoming @param {ServerResponse} outgoing @param {string} exchangeUrl */
function passThrough({ method, url, headers }, outgoing, exchangeUrl) {
  const { authorization = "" } = headers;
  const onward = httpRequest(`${exchangeUrl}${url}`, { method, headers: { authorization } }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  onward.end();
}
