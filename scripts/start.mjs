// `npm start`: a demo on the practice exchange: one cancellation with all details, a batch with progress, and the dashboard.
// `-- --once` ends after the first cancellation.
import { once } from "node:events";
import { parseArgs } from "node:util";
import { buildPackage } from "./build.mjs";
import { Failure, runAsScript } from "./failure.mjs";
import { live, paint, say, sayDone } from "./steps.mjs";

/** @typedef {typeof import("upbit-cancel-order")} Package */
/** @typedef {import("../js/practice/exchange.ts").Exchange} Exchange */

/**
 * Starts a server on the documented port, or on any free port if it is in use.
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

/** A URL, because the compiler must not resolve files that may not exist yet. @param {string} file of the package */
const built = (file) => new URL(`../pkg/${file}`, import.meta.url).href;

/** @param {Exchange} exchange */
const trader = (exchange) => ({ ...exchange.keys.trader, baseUrl: exchange.url });

/** Prints names and values in two columns. @param {object} facts */
function sayFacts(facts) {
  const width = Math.max(...Object.keys(facts).map(({ length }) => length));
  for (const [name, value] of Object.entries(facts)) say(`  ${paint.dim(name.padEnd(width))}  ${value}`);
}

/** @param {Package} library @param {Exchange} exchange */
async function showCancellation({ cancelOrder, previewRequest, UpbitError }, exchange) {
  const order = { uuid: exchange.orders.open()[0]?.uuid ?? "" };
  const { method, url, claims } = await previewRequest(order, trader(exchange));
  say(`\nThe request, signed in WebAssembly, and its token claims:\n\n  ${method} ${url}`);
  sayFacts(claims);
  try {
    const [canceled = {}] = await cancelOrder(order, trader(exchange));
    say(`\n${paint.green("✔")} Canceled. The response of the exchange, with the order as it was before:\n`);
    sayFacts(canceled);
  } catch (error) {
    if (!(error instanceof UpbitError)) throw error;
    sayFacts({ message: error.message, kind: error.kind, outcome: error.outcome, hint: error.hint });
    throw new Failure("The order was not canceled", {
      advice: "Please report this with the output above.",
    });
  }
}

/** @param {Package} library @param {Exchange} exchange */
async function showBatch({ cancelOrders }, exchange) {
  const orders = exchange.orders.open().map(({ uuid }) => ({ uuid }));
  say("");
  /** @type {import("upbit-cancel-order").CancelResult[]} */
  const results = await live(`Canceling the other ${orders.length} orders, as a batch`, (tell) =>
    cancelOrders(orders, { ...trader(exchange), onProgress: ({ done }) => tell(`${done} done`) }),
  );
  sayDone(`${results.filter(({ ok }) => ok).length} of ${orders.length} canceled`);
}

/** @param {Exchange} exchange @param {string} dashboardUrl */
function showNextSteps(exchange, dashboardUrl) {
  const open = exchange.orders.open();
  const { accessKey, secretKey } = exchange.keys.trader;
  const command = `node pkg/cli.js ${open[0]?.uuid}`;
  say(`
There are ${open.length} new open orders. Open the dashboard in your browser:

  ${dashboardUrl}

Or run in another terminal:

  export UPBIT_ACCESS_KEY=${accessKey}
  export UPBIT_SECRET_KEY=${secretKey}
  export UPBIT_BASE_URL=${exchange.url}
  ${command}             ${paint.dim("# cancel one order")}
  ${command} --dry-run   ${paint.dim("# only show what would be sent")}

Press Ctrl-C to stop.`);
}

/** Runs until Ctrl-C. @param {Exchange} exchange */
async function offerDashboard(exchange) {
  exchange.orders.addMany(12);
  /** @type {typeof import("../js/dashboard/command.ts")} */
  const { startDashboard } = await import(built("dashboard.js"));
  const dashboard = await onPort(({ port }) => startDashboard({ port, practice: exchange }), 8787);
  showNextSteps(exchange, dashboard.url);
  await once(process, "SIGINT");
  process.stdout.write("\n");
  await dashboard.close();
}

await runAsScript(import.meta.url, async () => {
  const { values } = parseArgs({ options: { once: { type: "boolean", default: false } } });
  await buildPackage();
  /** @type {Pick<typeof import("../js/practice/exchange.ts"), "startExchange">} */
  const { startExchange } = await import(built("practice.js"));
  const exchange = await onPort(startExchange, 8788);
  try {
    sayDone(`The practice exchange runs at ${exchange.url}`);
    /** @type {Package} */
    const library = await import(built("index.js"));
    await showCancellation(library, exchange);
    if (values.once) return;
    await showBatch(library, exchange);
    await offerDashboard(exchange);
  } finally {
    await exchange.close();
  }
});
