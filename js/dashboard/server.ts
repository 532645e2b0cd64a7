// The dashboard's server: the page, the session and the relay, on this machine's own address.
import { createServer } from "node:http";
import { once } from "node:events";
import { refuseBody, refuseForeign } from "./own-requests.ts";
import { findFile, readPageFiles } from "./page-files.ts";
import { Refusal } from "./refusal.ts";
import { Relay } from "./relay.ts";
import { logRequest } from "./request-log.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { sessionAnswer } from "./session.ts";
import { refuseUnreadable } from "./unreadable-request.ts";

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {import("node:http").ServerResponse} ServerResponse */
/** @typedef {import("./refusal.ts").Answer} Answer */
/** @typedef {import("../practice/exchange.ts").Exchange} Exchange */

/**
 * @typedef {object} ServerOptions
 * @property {number} port
 * @property {Exchange | null} exchange
 * @property {import("./upstreams.ts").Upstreams} upstreams
 * @property {number} upstreamTimeoutMs
 * @property {{ write: (text: string) => unknown }} log
 */

/**
 * What the answers are made of.
 * @typedef {object} Parts
 * @property {() => number} port
 * @property {Map<string, Answer>} files
 * @property {Relay} relay
 * @property {Exchange | null} exchange
 */

const HOST = "127.0.0.1";
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  // Longer than a browser keeps an idle connection, so that no request meets a closing one.
  keepAliveTimeout: 330_000,
  // Refused by `refuseForeign`, with the headers that all answers have.
  requireHostHeader: false,
};

/**
 * @param {ServerOptions} options
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export async function openServer({ port, exchange, upstreams, upstreamTimeoutMs, log }) {
  const relay = new Relay(upstreams, upstreamTimeoutMs);
  const parts = { port: () => portOf(server), files: readPageFiles(), relay, exchange };
  /** @type {import("node:http").RequestListener} */
  const listener = (request, response) => {
    logRequest(request, response, log);
    void respond(request, response, parts);
  };
  const server = createServer(LIMITS, listener);
  server.on("checkContinue", listener);
  server.on("checkExpectation", listener);
  server.on("clientError", refuseUnreadable);
  server.listen(port, HOST);
  await once(server, "listening").catch((error) => {
    throw explained(error, port);
  });
  return { port: portOf(server), close: () => closeAll(server, relay) };
}

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {Parts} parts
 */
async function respond(request, response, parts) {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const answer = await answerRequest(request, parts, gone.signal).catch(answerOf);
  const headers = { ...SECURITY_HEADERS, ...answer.headers, "Content-Length": answer.body.length };
  response.writeHead(answer.status, headers).end(answer.body);
}

/**
 * @param {IncomingMessage} request
 * @param {Parts} parts
 * @param {AbortSignal} gone
 * @returns {Promise<Answer>}
 */
async function answerRequest(request, { port, files, relay, exchange }, gone) {
  refuseForeign(request, port());
  refuseBody(request);
  const target = splitTarget(request.url ?? "");
  if (target.path.startsWith("/relay")) return relay.answer(request, target, gone);
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw new Refusal(405, "method_refused", "The dashboard's files can only be read.", {
      Allow: "GET, HEAD",
    });
  }
  return target.path === "/session.json" ? sessionAnswer(exchange) : findFile(files, target.path);
}

/** @param {string} url as it came, with nothing decoded */
function splitTarget(url) {
  const mark = url.indexOf("?");
  return mark === -1 ? { path: url, query: "" } : { path: url.slice(0, mark), query: url.slice(mark) };
}

/**
 * @param {unknown} error
 * @returns {Answer}
 */
function answerOf(error) {
  const refusal =
    error instanceof Refusal
      ? error
      : new Refusal(500, "dashboard_failed", "The dashboard could not answer.");
  return refusal.toAnswer();
}

/** @param {import("node:http").Server} server */
function portOf(server) {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port");
  return address.port;
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {number} port
 */
function explained(error, port) {
  if (error.code === "EADDRINUSE") {
    return new Error(`Port ${port} is in use: choose another with --port, or --port 0 for any free one.`);
  }
  if (error.code === "EACCES")
    return new Error(`Port ${port} is reserved: choose one above 1023 with --port.`);
  return error;
}

/**
 * @param {import("node:http").Server} server
 * @param {Relay} relay
 * @returns {Promise<void>}
 */
function closeAll(server, relay) {
  relay.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
