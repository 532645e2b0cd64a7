// `npm start`: the main job, shown on the practice exchange. `-- --once` ends after the first cancellation.
import { once } from "node:events";
import { parseArgs } from "node:util";
import { buildPackage } from "./build.mjs";
import { showBatch, showCancellation, showNextSteps } from "./demonstration.mjs";
import { Failure, runAsScript } from "./failure.mjs";
import { inRoot } from "./paths.mjs";
import { sayDone } from "./steps.mjs";

/** Where the README and the command line look for them. */
const PRACTICE_PORT = 8788;
const DASHBOARD_PORT = 8787;

/** How many orders are there to try things on. */
const NEW_ORDERS = 12;

/**
 * On the usual port, or on any if that is taken by something else.
 * @template T
 * @param {(options: { port: number }) => Promise<T>} start
 * @param {number} port
 */
async function onPort(start, port) {
  try {
    return await start({ port });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EADDRINUSE") throw error;
    return start({ port: 0 });
  }
}

/** @typedef {import("./demonstration.mjs").Package} Package */
/** @typedef {import("./demonstration.mjs").Exchange} Exchange */

/** @param {Package} built @param {Exchange} exchange */
async function show(built, exchange) {
  const canceled = await showCancellation(built, exchange);
  if (canceled) return;
  throw new Failure("The order was not canceled", { advice: "Please report it with what is printed above." });
}

/** @param {Package} built @param {Exchange} exchange */
async function showMore(built, exchange) {
  await showBatch(built, exchange);
  exchange.orders.addMany(NEW_ORDERS);
  /** @type {typeof import("../js/dashboard/command.ts")} */
  const { startDashboard } = await import(inRoot("pkg/dashboard.js"));
  const dashboard = await onPort(({ port }) => startDashboard({ port, practice: exchange }), DASHBOARD_PORT);
  try {
    showNextSteps(exchange, dashboard.url);
    await once(process, "SIGINT");
    process.stdout.write("\n");
  } finally {
    await dashboard.close();
  }
}

await runAsScript(import.meta.url, async () => {
  const { values } = parseArgs({ options: { once: { type: "boolean", default: false } } });
  await buildPackage();
  /** @type {Pick<typeof import("../js/practice/exchange.ts"), "startExchange">} */
  const { startExchange } = await import(inRoot("pkg/practice.js"));
  const exchange = await onPort(startExchange, PRACTICE_PORT);
  try {
    sayDone(`The practice exchange is at ${exchange.url}`);
    const built = await import(inRoot("pkg/index.js"));
    await show(built, exchange);
    if (!values.once) await showMore(built, exchange);
  } finally {
    await exchange.close();
  }
});
