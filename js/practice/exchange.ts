// The practice exchange: a local stand-in for Upbit's order cancellation, to try and to test against.
import { createServer } from "node:http";
import { once } from "node:events";
import { answerRequest, withHeaders } from "./answer-request.ts";
import { Refusal } from "./error-answer.ts";
import { Faults, NO_FAULT } from "./faults.ts";
import { readRequest } from "./incoming-request.ts";
import { KeyRing } from "./keys.ts";
import { NonceMemory } from "./nonces.ts";
import { Orders } from "./orders.ts";
import { RateLimiter } from "./rate-limit.ts";
import { RequestLog } from "./request-log.ts";
import { sendAnswer } from "./send-answer.ts";
import { refuseUnreadable } from "./unreadable-request.ts";

/**
 * @typedef {object} ExchangeOptions
 * @property {number} [port] default 0: any free one
 * @property {string} [host] default "127.0.0.1"
 * @property {Record<string, import("./keys.ts").KeyOptions>} [keys] accepted besides the documented ones
 * @property {import("./orders.ts").PartialOrder[]} [orders] open at the start; default: twelve fixed ones
 * @property {() => number} [now] milliseconds, never going back; what the rate limit measures by
 * @property {Partial<import("./rate-limit.ts").RateLimits> | false} [limits] false: no rate limit
 */

/**
 * @typedef {object} Exchange
 * @property {string} url base URL, without a slash at the end
 * @property {number} port
 * @property {import("./keys.ts").KeyPairs} keys
 * @property {Orders} orders every account of the exchange sees all of them
 * @property {Faults} faults
 * @property {readonly import("./request-log.ts").RequestEntry[]} requests the last 5,000, oldest first
 * @property {import("./request-log.ts").RequestCounts} counts
 * @property {() => Promise<void>} close destroys all sockets; may be called again
 */

/** More header than Upbit's longest request could need; beyond it the answer is 431. */
const MAX_HEADER_BYTES = 16 * 1024;
/** No route takes a body. One of this size is read before the refusal, a longer one cuts the connection. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * @param {ExchangeOptions} [options]
 * @returns {Promise<Exchange>}
 */
export async function startExchange(options = {}) {
  const { port = 0, host = "127.0.0.1", keys, orders, now = () => performance.now(), limits = {} } = options;
  const log = new RequestLog(now);
  const parts = {
    keyRing: new KeyRing(keys),
    nonces: new NonceMemory(),
    limiter: new RateLimiter(limits, now),
    orders: new Orders(orders),
    faults: new Faults(),
  };
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    void respond(request, response, parts, log);
  });
  server.on("clientError", (error, socket) => refuseUnreadable(error, socket, parts.limiter.remainingReq()));
  server.listen(port, host);
  await once(server, "listening");
  const bound = portOf(server);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    keys: parts.keyRing.pairs,
    orders: parts.orders,
    faults: parts.faults,
    requests: log.entries,
    counts: log.counts,
    close: closer(server),
  };
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {import("./answer-request.ts").Parts} parts
 * @param {RequestLog} log
 */
async function respond(request, response, parts, log) {
  const incoming = readRequest(request);
  const onStatus = log.add(incoming);
  try {
    if (incoming.hasBody && !(await skipBody(request))) response.setHeader("Connection", "close");
    const { answer, fault } = answerRequest(incoming, parts);
    await sendAnswer(response, answer, fault, onStatus);
  } catch {
    // The caller hung up within its body, or a test's fault threw: nothing may end the exchange.
    const refusal = new Refusal(500, "internal_server_error", "The practice exchange could not answer this.");
    const answer = withHeaders(refusal, parts.limiter.remainingReq());
    await sendAnswer(response, answer, NO_FAULT, onStatus);
  }
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @returns {Promise<boolean>} whether the body ended within the limit
 */
async function skipBody(request) {
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return false;
  }
  return true;
}

/** @param {import("node:http").Server} server */
function portOf(server) {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port");
  return address.port;
}

/**
 * @param {import("node:http").Server} server
 * @returns {() => Promise<void>}
 */
function closer(server) {
  /** @type {Promise<void> | undefined} */
  let closed;
  return () =>
    (closed ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }));
}
