// The dashboard's server: serves the page and the relay on 127.0.0.1.
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Exchange } from "../practice/exchange.ts";
import { type Answer, Refusal, refuseUnreadable, SECURITY_HEADERS } from "./answers.ts";
import { refuseBody, refuseForeign } from "./own-requests.ts";
import { PageFiles } from "./page-files.ts";
import { Relay, type Upstreams } from "./relay.ts";

export interface Log {
  write(text: string): unknown;
}

interface ServerOptions {
  port: number;
  exchange: Exchange | null;
  upstreams: Upstreams;
  limits: { upstreamTimeoutMs: number; requestTimeoutMs: number };
  log: Log;
}

interface Parts {
  port: () => number;
  files: PageFiles;
  relay: Relay;
}

const HOST = "127.0.0.1";
/** The longest path in the log. */
const LONGEST_PATH = 100;

export async function openServer(
  options: ServerOptions,
): Promise<{ port: number; close: () => Promise<void> }> {
  const { port, exchange, upstreams, limits, log } = options;
  const relay = new Relay(upstreams, limits.upstreamTimeoutMs);
  const parts = { port: () => portOf(server), files: new PageFiles(exchange), relay };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    logRequest(request, response, log);
    void respond(request, response, parts);
  };
  const server = createServer(httpLimits(limits.requestTimeoutMs), listener);
  server.on("checkContinue", listener);
  server.on("checkExpectation", listener);
  server.on("clientError", refuseUnreadable);
  server.listen(port, HOST);
  await once(server, "listening").catch((error) => {
    throw explained(error, port);
  });
  return { port: portOf(server), close: () => closeAll(server, relay) };
}

function httpLimits(requestTimeoutMs: number) {
  return {
    maxHeaderSize: 16 * 1024,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // How often Node checks for late requests. The default is 30 s.
    connectionsCheckingInterval: Math.min(500, requestTimeoutMs),
    // Longer than browsers keep idle connections, so that the server never closes one that is about to be used.
    keepAliveTimeout: 330_000,
    // `refuseForeign` checks the Host header.
    requireHostHeader: false,
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const answer = await answerRequest(request, parts, gone.signal).catch(answerOf);
  const headers = { ...SECURITY_HEADERS, ...answer.headers, "Content-Length": answer.body.length };
  response.writeHead(answer.status, headers).end(answer.body);
}

async function answerRequest(request: IncomingMessage, parts: Parts, gone: AbortSignal): Promise<Answer> {
  refuseForeign(request, parts.port());
  refuseBody(request);
  const target = splitTarget(request.url ?? "");
  if (target.path.startsWith("/relay")) return parts.relay.answer(request, target, gone);
  if (request.method !== "GET" && request.method !== "HEAD") {
    const allowed = { Allow: "GET, HEAD" };
    throw new Refusal(405, "method_refused", "The dashboard's files can only be read.", allowed);
  }
  return parts.files.find(target.path);
}

/** @param url not decoded */
function splitTarget(url: string): { path: string; query: string } {
  const mark = url.indexOf("?");
  return mark === -1 ? { path: url, query: "" } : { path: url.slice(0, mark), query: url.slice(mark) };
}

function answerOf(error: unknown): Answer {
  const failed = new Refusal(500, "dashboard_failed", "The dashboard had an internal error.");
  return (error instanceof Refusal ? error : failed).toAnswer();
}

/** Logs one line per request: method, path without the query, status and time, and nothing else. */
function logRequest({ method, url = "" }: IncomingMessage, response: ServerResponse, log: Log): void {
  const since = performance.now();
  const path = url
    .replace(/\?.*/s, "")
    .slice(0, LONGEST_PATH)
    .replace(/[^\x21-\x7e]/g, "?");
  response.on("close", () => {
    const status = response.writableFinished ? response.statusCode : "hung up";
    log.write(`${method} ${path} ${status} ${Math.round(performance.now() - since)} ms\n`);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port");
  return address.port;
}

function explained(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new Error(`Port ${port} is in use: choose another with --port, or use --port 0 for a free port`);
  }
  if (error.code === "EACCES") {
    return new Error(`Port ${port} is reserved: choose one above 1023 with --port.`);
  }
  return error;
}

function closeAll(server: Server, relay: Relay): Promise<void> {
  relay.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
