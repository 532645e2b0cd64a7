import { openServer } from "./server.js";
import { REGIONS } from "./upstreams.js";

/** @typedef {import("../practice/exchange.js").Exchange} Exchange */

/** Longer than the page's own limit, so that the page decides. */
const UPSTREAM_TIMEOUT_MS = 15_000;

/**
 * @typedef {object} DashboardOptions
 * @property {number} [port] default 0: any free one
 * @property {boolean | Exchange} [practice] an exchange to practice with: true starts one, which ends with
 *   the dashboard; one that runs already stays the caller's
 * @property {import("./upstreams.js").Upstreams} [upstreams] for tests: other places in place of the regions'
 * @property {number} [upstreamTimeoutMs] for tests
 * @property {{ write: (text: string) => unknown }} [log] default: standard error
 */

/**
 * @typedef {object} Dashboard
 * @property {string} url without a slash at the end
 * @property {Exchange | null} exchange
 * @property {() => Promise<void>} close
 */

/**
 * @param {DashboardOptions} [options]
 * @returns {Promise<Dashboard>}
 */
export async function startDashboard(options = {}) {
  const { port = 0, practice = false, log = process.stderr } = options;
  const own = practice === true ? await startPractice() : null;
  const exchange = typeof practice === "object" ? practice : own;
  const upstreams = { ...REGIONS, ...(exchange && { practice: exchange.url }), ...options.upstreams };
  const upstreamTimeoutMs = options.upstreamTimeoutMs ?? UPSTREAM_TIMEOUT_MS;
  try {
    const server = await openServer({ port, exchange, upstreams, upstreamTimeoutMs, log });
    const close = async () => void (await Promise.all([server.close(), own?.close()]));
    return { url: `http://127.0.0.1:${server.port}`, exchange, close };
  } catch (error) {
    await own?.close();
    throw error;
  }
}

/** Loaded only when it is asked for: most who open the dashboard have orders of their own. */
async function startPractice() {
  const { startExchange } = await import("../practice/command.js");
  return startExchange();
}
