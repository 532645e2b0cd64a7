// What `npm start` shows: one cancellation in full, a batch with its progress, and what to try next.
import { paint, say } from "./steps.mjs";

/** @typedef {typeof import("upbit-cancel-order")} Package */
/** @typedef {import("../js/practice/exchange.ts").Exchange} Exchange */

const BAR_WIDTH = 30;

/** @param {Exchange} exchange */
const trader = (exchange) => ({ ...exchange.keys.trader, baseUrl: exchange.url });

/** Names and values below each other. @param {Record<string, unknown>} facts */
function sayFacts(facts) {
  const width = Math.max(...Object.keys(facts).map(({ length }) => length));
  for (const [name, value] of Object.entries(facts)) say(`  ${paint.dim(name.padEnd(width))}  ${value}`);
}

/**
 * Says whether the order was canceled.
 * @param {Package} built
 * @param {Exchange} exchange
 */
export async function showCancellation({ cancelOrder, previewRequest, UpbitError }, exchange) {
  const [open] = exchange.orders.open();
  const order = { uuid: String(open?.uuid) };
  const { method, url, claims } = await previewRequest(order, trader(exchange));
  say("\nThe request, signed in WebAssembly. Its token says:\n");
  say(`  ${method} ${url}`);
  sayFacts({ ...claims });
  try {
    const [canceled] = await cancelOrder(order, trader(exchange));
    say(`\n${paint.green("✔")} Canceled. The order as the exchange answered:\n`);
    sayFacts(canceled ?? {});
    return canceled !== undefined;
  } catch (error) {
    if (!(error instanceof UpbitError)) throw error;
    say(`\n${paint.red("✘")} ${error.message}`);
    sayFacts({ kind: error.kind, outcome: error.outcome, hint: error.hint });
    return false;
  }
}

/** @param {Package} built @param {Exchange} exchange */
export async function showBatch({ cancelOrders }, exchange) {
  const orders = exchange.orders.open().map(({ uuid }) => ({ uuid: String(uuid) }));
  say(`\nThe other ${orders.length} orders, as a batch:\n`);
  const results = await cancelOrders(orders, { ...trader(exchange), onProgress: drawBar });
  if (process.stdout.isTTY) process.stdout.write("\n");
  const canceled = results.filter(({ ok }) => ok).length;
  say(`${paint.green("✔")} ${canceled} of ${orders.length} canceled`);
}

/** On a terminal only: elsewhere the closing line says it. @param {import("upbit-cancel-order").Progress} progress */
function drawBar({ done, total }) {
  if (!process.stdout.isTTY) return;
  const filled = Math.round((done / total) * BAR_WIDTH);
  process.stdout.write(`\r  ${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ${done}/${total}`);
}

/** @param {Exchange} exchange @param {string} dashboardUrl */
export function showNextSteps(exchange, dashboardUrl) {
  const open = exchange.orders.open();
  const { accessKey, secretKey } = exchange.keys.trader;
  const command = `node pkg/cli.js ${open[0]?.uuid}`;
  say(`
There are ${open.length} new orders. The dashboard, a page in your browser:

  ${dashboardUrl}

Or in another terminal:

  export UPBIT_ACCESS_KEY=${accessKey}
  export UPBIT_SECRET_KEY=${secretKey}
  export UPBIT_BASE_URL=${exchange.url}
  ${command}             ${paint.dim("# cancel one order")}
  ${command} --dry-run   ${paint.dim("# only see what would be sent")}

Ctrl-C ends it.`);
}
