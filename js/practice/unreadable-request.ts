// Answers what Node's parser could not make a request of.
import { STATUS_CODES } from "node:http";
import { Refusal } from "./error-answer.ts";

/**
 * @param {NodeJS.ErrnoException} error
 * @param {import("node:stream").Duplex} socket
 * @param {string} budget value of Remaining-Req
 */
export function refuseUnreadable(error, socket, budget) {
  if (!socket.writable) return void socket.destroy();
  const { status, json } = refusalOf(error.code).toAnswer();
  const body = JSON.stringify(json);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Remaining-Req: ${budget}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

/** @param {string | undefined} code */
function refusalOf(code) {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new Refusal(431, "bad_request", "The URL and headers are too long.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new Refusal(408, "bad_request", "The request did not end in time.");
    case "HPE_INVALID_URL":
    // A space ends the URL for the parser, which then misses the protocol version.
    case "HPE_INVALID_CONSTANT":
      return new Refusal(400, "invalid_parameter", "The URL holds a character that must be percent-encoded.");
    default:
      return new Refusal(400, "bad_request", "This is not a readable HTTP request.");
  }
}
