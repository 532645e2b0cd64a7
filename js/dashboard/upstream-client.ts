// Sends requests to an exchange: verified TLS, no redirects, limited time and size.
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Refusal } from "./answers.ts";

export type Method = "GET" | "DELETE";

interface Outgoing {
  method: Method;
  base: URL;
  /** Path and query, sent as they are. */
  target: string;
  headers: Record<string, string>;
}

interface UpstreamAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
/** Some gateways refuse requests without a User-Agent. */
const USER_AGENT = "upbit-cancel-order-dashboard";

/** `relay_not_sent` guarantees that no byte was sent. The other codes mean that the request may have arrived. */
const failed = (code: string, message: string) => new Refusal(502, code, message);
const notSent = () =>
  failed("relay_not_sent", "The relay could not connect to the exchange. Nothing was sent.");
const noAnswer = () => failed("relay_no_answer", "The exchange did not respond to the relay.");
const timedOut = () => failed("relay_upstream_timeout", "The exchange did not respond to the relay in time.");
const broken = () =>
  failed("relay_upstream_broken", "The connection was lost during the exchange's response.");
const unusable = () => failed("relay_upstream_broken", "The exchange's response is not valid HTTP.");
const oversized = () => failed("relay_upstream_oversized", "The exchange's response is larger than 1 MiB.");

export class UpstreamClient {
  readonly #timeoutMs: number;
  // Keep connections open: 30 requests per second are not possible with a handshake for each.
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https = new HttpsAgent({ keepAlive: true, rejectUnauthorized: true });

  /** @param timeoutMs from connecting to the last byte of the response */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Rejects with a `Refusal`.
   * @param signal aborts the request
   */
  async send(outgoing: Outgoing, signal: AbortSignal): Promise<UpstreamAnswer> {
    const limit = new AbortController();
    const end = () => limit.abort(noAnswer());
    const timer = setTimeout(() => limit.abort(timedOut()), this.#timeoutMs);
    signal.addEventListener("abort", end);
    const explained = (error: unknown, otherwise: () => Refusal) =>
      error instanceof Refusal ? error : limit.signal.aborted ? limit.signal.reason : otherwise();
    try {
      const response = await this.#exchange(outgoing, limit.signal).catch((error) => {
        throw explained(error, noAnswer);
      });
      const body = await readBody(response).catch((error) => {
        throw explained(error, broken);
      });
      const status = response.statusCode ?? 0;
      if (status < 200 || status > 599) throw unusable();
      return { status, headers: response.headers, body };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
    }
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #exchange(outgoing: Outgoing, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      let sent = false;
      const request = this.#open(outgoing, signal);
      request.on("response", resolve);
      // 101 Switching Protocols, which was not requested.
      request.on("upgrade", (_response, socket) => {
        socket.destroy();
        reject(unusable());
      });
      request.on("error", (error) => reject(sent ? error : notSent()));
      // Write only after the connection is established, so that an earlier error proves that nothing was sent.
      request.on("socket", (socket) => {
        const write = () => {
          sent = true;
          request.end();
        };
        if (request.reusedSocket || !socket.connecting) write();
        else socket.once(outgoing.base.protocol === "https:" ? "secureConnect" : "connect", write);
      });
    });
  }

  /** Passes the target unparsed: a URL parser would change characters of the signed query. */
  #open({ method, base, target, headers }: Outgoing, signal: AbortSignal): ClientRequest {
    const { protocol, hostname, port } = base;
    const options = {
      method,
      hostname,
      port,
      path: target,
      headers: { ...headers, "User-Agent": USER_AGENT },
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
    };
    return protocol === "https:"
      ? httpsRequest({ ...options, agent: this.#https })
      : httpRequest({ ...options, agent: this.#http });
  }
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw oversized();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
