// The practice exchange: a local stand-in for Upbit's endpoints that cancel and look up orders.
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Duplex } from "node:stream";
import { answerRequest, type Parts, withHeaders } from "./answer-request.ts";
import type { Switches } from "./call.ts";
import { asOrder, INITIAL_ORDERS, TEST_ORDERS } from "./documented-orders.ts";
import { ENDPOINT_NAMES } from "./endpoints.ts";
import { Faults, NO_FAULT } from "./faults.ts";
import { readRequest } from "./incoming-request.ts";
import { type KeyOptions, type KeyPairs, KeyRing } from "./keys.ts";
import { mixedOrder } from "./made-up-orders.ts";
import { NonceMemory } from "./nonces.ts";
import type { PartialOrder } from "./order.ts";
import { Orders } from "./orders.ts";
import { RateLimiter, type RateLimits } from "./rate-limit.ts";
import { Refusal } from "./refusal.ts";
import { type RequestCounts, type RequestEntry, RequestLog } from "./request-log.ts";
import { sendAnswer } from "./send-answer.ts";

export interface ExchangeOptions {
  /** default 0: any free port */
  port?: number;
  /** default "127.0.0.1" */
  host?: string;
  /** more keys besides the documented ones */
  keys?: Record<string, KeyOptions>;
  /** the initial open orders; default: twelve documented ones. A number adds that many of various kinds. */
  orders?: readonly PartialOrder[] | number;
  /** a monotonic clock in milliseconds, for the rate limit and delayed cancellations */
  now?: () => number;
  /** false: no rate limit */
  limits?: Partial<RateLimits> | false;
  switches?: Partial<Switches>;
}

export interface Exchange {
  /** base URL without a trailing slash */
  url: string;
  port: number;
  keys: KeyPairs;
  /** shared by all accounts of the exchange */
  orders: Orders;
  faults: Faults;
  /** can be changed at any time */
  switches: Switches;
  /** the last 5,000, oldest first */
  requests: readonly RequestEntry[];
  counts: RequestCounts;
  /** destroys all sockets; can be called again */
  close(): Promise<void>;
}

/** More than Upbit's longest request needs. Longer headers get a 431. */
const MAX_HEADER_BYTES = 16 * 1024;
/** No endpoint accepts a body. A body of up to this size is read before the error; a longer one closes the connection. */
const MAX_BODY_BYTES = 64 * 1024;

export async function startExchange(options: ExchangeOptions = {}): Promise<Exchange> {
  const { port = 0, host = "127.0.0.1", now = () => performance.now(), limits = {} } = options;
  const log = new RequestLog(now);
  const firsts = TEST_ORDERS.flatMap(({ uuid, once }) =>
    once === undefined ? [] : [{ ...once, order: uuid }],
  );
  const parts = {
    keyRing: new KeyRing(options.keys),
    nonces: new NonceMemory(),
    limiter: new RateLimiter(limits, now),
    orders: initialOrders(options.orders, now),
    faults: new Faults(ENDPOINT_NAMES, firsts),
    switches: { unknownIds: "failed" as const, ...options.switches },
  };
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    void respond(request, response, parts, log);
  });
  server.on("clientError", (error, socket) => refuseUnreadable(error, socket, parts.limiter.remainingReq()));
  server.listen(port, host);
  await once(server, "listening");
  const bound = portOf(server);
  const { keyRing, orders, faults, switches } = parts;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    keys: keyRing.pairs,
    orders,
    faults,
    switches,
    requests: log.entries,
    counts: log.counts,
    close: closer(server),
  };
}

function initialOrders(wanted: readonly PartialOrder[] | number = 0, now: () => number): Orders {
  const more =
    typeof wanted === "number" ? Array.from({ length: wanted }, (_, index) => mixedOrder(index)) : [];
  const orders = new Orders(typeof wanted === "number" ? [...INITIAL_ORDERS, ...more] : wanted, now);
  for (const test of TEST_ORDERS) orders.add(asOrder(test), { ...test.behavior, listed: false });
  return orders;
}

async function respond(request: IncomingMessage, response: ServerResponse, parts: Parts, log: RequestLog) {
  const incoming = readRequest(request);
  const onStatus = log.add(incoming);
  try {
    if (incoming.hasBody && !(await skipBody(request))) response.setHeader("Connection", "close");
    const { answer, fault } = answerRequest(incoming, parts);
    await sendAnswer(response, answer, fault, onStatus);
  } catch {
    // The client disconnected, or the fault of a test threw an exception. Neither may end the exchange.
    const refusal = new Refusal(500, "internal_server_error", "The practice exchange could not answer this.");
    const answer = withHeaders(refusal, parts.limiter.remainingReq());
    await sendAnswer(response, answer, NO_FAULT, onStatus);
  }
}

/** @returns whether the body was within the limit */
async function skipBody(request: IncomingMessage): Promise<boolean> {
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return false;
  }
  return true;
}

/** Answers requests that Node's parser cannot read. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex, budget: string) {
  if (!socket.writable) return void socket.destroy();
  const { status, headers, json } = withHeaders(unreadable(error.code), budget);
  const body = JSON.stringify(json);
  const all = { ...headers, "Content-Length": Buffer.byteLength(body), Connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}`;
  socket.end(`${head}\r\n${body}`, () => socket.destroy());
}

function unreadable(code: string | undefined): Refusal {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new Refusal(431, "bad_request", "The URL and headers are too long.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new Refusal(408, "bad_request", "The request did not end in time.");
    case "HPE_INVALID_URL":
    // For the parser, a space ends the URL, so the protocol version is missing.
    case "HPE_INVALID_CONSTANT":
      return new Refusal(400, "invalid_parameter", "The URL holds a character that must be percent-encoded.");
    default:
      return new Refusal(400, "bad_request", "This is not a valid HTTP request.");
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port");
  return address.port;
}

function closer(server: Server): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closed;
  };
}
