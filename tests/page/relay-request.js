// Plain requests to a dashboard, with whatever a browser would never send.
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { startDashboard } from "./installed-dashboard.js";

/** @typedef {Awaited<ReturnType<typeof startDashboard>>} Dashboard */
/** @typedef {import("node:http").IncomingHttpHeaders} Headers */
/** @typedef {{ status: number, headers: Headers, text: string, code: unknown }} Reply */

/**
 * A dashboard that ends with the test, and what it logged.
 * @param {import("node:test").TestContext} t
 * @param {import("../../js/dashboard/command.ts").DashboardOptions} options
 */
export async function openRelay(t, options) {
  /** @type {string[]} */
  const logged = [];
  const dashboard = await startDashboard({ log: { write: (text) => logged.push(text) }, ...options });
  t.after(() => dashboard.close());
  return { ...dashboard, logged };
}

/**
 * @param {{ url: string }} dashboard
 * @param {string} path sent as it is
 * @param {{ method?: string, headers?: Record<string, string | string[]>, body?: string }} [options] `headers` beside
 *   the Origin of the dashboard's own page; an empty Origin is left out
 * @returns {Promise<Reply>}
 */
export function send({ url }, path, { method = "DELETE", headers: more = {}, body = "" } = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const { Origin, ...others } = { Origin: url, ...more };
    const headers = Origin === "" ? others : { Origin, ...others };
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, async (response) => {
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, code: codeOf(text) });
    });
    request.on("error", reject);
    request.end(body);
  });
}

/**
 * @param {{ url: string }} dashboard
 * @param {string} bytes a whole request, on a connection that the server is asked to close
 * @returns {Promise<string>} everything that came back
 */
export function sendBytes({ url }, bytes) {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk) => (text += chunk));
    socket.on("error", reject).on("close", () => resolve(text));
  });
}

/** @param {string} text */
function codeOf(text) {
  try {
    return JSON.parse(text).error?.name;
  } catch {
    return undefined;
  }
}
