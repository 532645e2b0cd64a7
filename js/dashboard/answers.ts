// Responses of the server itself: errors in Upbit's format, so that the page can read them in the same way, and the security
// headers of every response.
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** An error of the dashboard's server. The message contains nothing from the request. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  toAnswer(): Answer {
    return jsonAnswer(this.status, { error: { name: this.code, message: this.message } }, this.headers);
  }
}

export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  const type = { "Content-Type": "application/json; charset=utf-8" };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(value)) };
}

/** Allows the page's own modules and connections to its own origin only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // WebAssembly, but no eval.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** Sent with every response, including errors. */
export const SECURITY_HEADERS = Object.freeze({
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cache-Control": "no-store",
});

/** How long a client can take to read an error before its connection is closed. */
const LINGER_MS = 1000;

/** Answers requests that Node's parser cannot read. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const { status, headers, body } = unreadable(error.code).toAnswer();
  const all = { ...SECURITY_HEADERS, ...headers, "Content-Length": body.length, Connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
  // The client might never close its side.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function unreadable(code: string | undefined): Refusal {
  if (code === "HPE_HEADER_OVERFLOW") {
    return new Refusal(431, "relay_header_too_large", "The request headers are too large.");
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new Refusal(408, "request_timeout", "The request did not arrive in time.");
  }
  return new Refusal(400, "bad_request", "The request is not valid HTTP.");
}
