// How the desk answers with files of a consumer's site, and with what another server says.
import { createReadStream, existsSync, statSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { extname, join } from "node:path";

/** Nothing but the page's own scripts, WebAssembly among them, and its own server. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/** @type {Record<string, string>} */
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript" };

/**
 * A file of the first of the folders that has it.
 * @param {string[]} folders
 * @param {string} url
 * @param {import("node:http").ServerResponse} response
 */
export function serveFile(folders, url, response) {
  const { pathname } = new URL(url, "http://127.0.0.1");
  const files = folders.map((folder) => join(folder, pathname === "/" ? "index.html" : pathname));
  const file = files.find((path) => existsSync(path) && statSync(path).isFile());
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
  response.setHeader("Content-Security-Policy", POLICY);
  // A request to the exchange that carries it would have cookies.
  response.setHeader("Set-Cookie", "session=1; Path=/");
  createReadStream(file).pipe(response);
}

/**
 * Sends a request on as it is, but for its address, and its answer back.
 * @param {string} origin
 * @param {string} path
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
export function forward(origin, path, request, response) {
  const { method, headers } = request;
  const onward = httpRequest(origin + path, { method, headers: { ...headers, host: new URL(origin).host } });
  onward.once("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once("error", () => response.destroy());
  request.pipe(onward);
}
