// A line for every request: method, path without the query, status and time. Nothing else is ever logged.

const LONGEST_PATH = 100;

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {{ write: (text: string) => unknown }} log
 */
export function logRequest({ method, url = "" }, response, log) {
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
