import { request as httpRequest } from "node:http";

/**
 * Sends a request on as it is, but for its address, and its answer back.
 * @param {string} origin
 * @param {string} path
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
export function forward(origin, path, request, response) {
  const { method, headers } = request;
  const onward = httpRequest(origin + path, { method, headers: { ...headers, host: new URL(origin).host } });
  onward.once("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once("error", () => response.destroy());
  request.pipe(onward);
}
