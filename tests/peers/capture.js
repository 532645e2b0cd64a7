// A request as it is on the wire: the bytes that arrive at a socket, and no server's idea of them.
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * @typedef {object} Captured
 * @property {string} line method, target and version
 * @property {[name: string, value: string][]} headers as they are written, in their order
 * @property {string} body
 */

/** The order that every client is to cancel. */
export const uuid = "cdd92199-2897-4e14-9448-f923320408ad";

const answer = JSON.stringify({ uuid, state: "wait", market: "SGD-BTC" });
const response = [
  "HTTP/1.1 200 OK",
  "Content-Type: application/json",
  `Content-Length: ${answer.length}`,
  "Connection: close",
  "",
  answer,
].join("\r\n");

/**
 * What a client sends to a server that is there for this one request.
 * @param {(baseUrl: string) => Promise<unknown>} send
 * @returns {Promise<Captured>}
 */
export async function capture(send) {
  /** @type {string[]} */
  const received = [];
  const server = createServer((socket) => {
    let text = "";
    socket.setEncoding("latin1").on("error", () => {});
    socket.on("data", (/** @type {string} */ chunk) => {
      text += chunk;
      if (!isWhole(text)) return;
      received.push(text);
      socket.end(response);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    await send(`http://127.0.0.1:${port}`);
  } finally {
    server.close();
  }
  if (received.length !== 1) throw new Error(`${received.length} requests instead of one`);
  return parsed((received[0] ?? "").replaceAll(`127.0.0.1:${port}`, "HOST"));
}

/** @param {string} text */
function isWhole(text) {
  const { headers, body, ended } = split(text);
  const length = /^content-length: *(\d+)/im.exec(headers)?.[1] ?? 0;
  return ended && body.length >= Number(length);
}

/** @param {string} text */
function split(text) {
  const end = text.indexOf("\r\n\r\n");
  return { headers: text.slice(0, end), body: text.slice(end + 4), ended: end !== -1 };
}

/** @param {string} text @returns {Captured} */
function parsed(text) {
  const { headers, body } = split(text);
  const [line = "", ...lines] = headers.split("\r\n");
  const pairs = lines.map((header) => header.split(/: ?(.*)/s));
  return { line, headers: pairs.map(([name = "", value = ""]) => [name, value]), body };
}
