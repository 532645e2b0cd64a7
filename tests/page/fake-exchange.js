// An upstream that notes what arrives and answers as it is told.
import { createServer } from "node:http";
import { once } from "node:events";

/** @typedef {{ method: string, url: string, headers: import("node:http").IncomingHttpHeaders }} Arrived */

/**
 * @param {import("node:test").TestContext} t
 * @param {(response: import("node:http").ServerResponse) => unknown} answer
 */
export async function openUpstream(t, answer) {
  /** @type {Arrived[]} */
  const arrived = [];
  const server = createServer((request, response) => {
    arrived.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => (server.closeAllConnections(), server.close()));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${address.port}`, arrived, server };
}
