// Requests that Node's parser gives up on, before there is a request to answer.
import { STATUS_CODES } from "node:http";
import { Refusal } from "./refusal.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

/**
 * @param {NodeJS.ErrnoException} error
 * @param {import("node:stream").Duplex} socket
 */
export function refuseUnreadable(error, socket) {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const { status, headers, body } = refusalOf(error.code).toAnswer();
  const all = { ...SECURITY_HEADERS, ...headers, "Content-Length": body.length, Connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
}

/** @param {string | undefined} code */
function refusalOf(code) {
  if (code === "HPE_HEADER_OVERFLOW") {
    return new Refusal(431, "relay_header_too_large", "The request's headers are too large.");
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new Refusal(408, "request_timeout", "The request did not arrive in time.");
  }
  return new Refusal(400, "bad_request", "The request is not readable as HTTP.");
}
