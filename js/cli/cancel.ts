// `upbit-cancel-order UUID…`: from the arguments to the exit status.
import { startBatch } from "./batch.ts";
import { previewText } from "./dry-run.ts";
import { keysFrom, placeFrom, refuseSecretIn } from "./environment.ts";
import { onInterrupt } from "./interrupt.ts";
import { listOrders } from "./order-list.ts";
import { Report } from "./report.ts";

/** @typedef {import("upbit-cancel-order").OrderRef} OrderRef */
/** @typedef {import("upbit-cancel-order").ClientOptions} ClientOptions */
/** @typedef {import("./output.ts").Output} Output */

/**
 * @param {import("./arguments.ts").CancelArguments} args
 * @param {Output} output
 * @returns {Promise<number>} exit status
 */
export async function cancel(args, output) {
  const { orders, duplicates } = await listOrders(args.sources, () => process.stdin);
  const options = { ...placeFrom(args, process.env), ...keysFrom(process.env) };
  refuseSecretIn(
    orders.map(({ identifier = "" }) => identifier),
    options.secretKey,
  );
  if (duplicates > 0) output.note(`Named more than once, sent once: ${duplicates} left out`);
  if (!args.dryRun) return send(orders, options, args.json, output);
  output.text(await previewText(orders, options, args.json));
  return 0;
}

/**
 * @param {OrderRef[]} orders
 * @param {ClientOptions} options
 * @param {boolean} json
 * @param {Output} output
 */
async function send(orders, options, json, output) {
  const report = new Report(orders, json, output);
  const batch = await startBatch(orders, options, (progress) => report.progress(progress));
  const interruptStatus = onInterrupt(() => {
    report.stopping("Stopping: waiting for answers that are under way. Ctrl-C again leaves at once.");
    batch.stop();
  });
  output.onClosed(() => {
    report.stopping("Standard output was closed: stopping. What it missed follows.");
    batch.stop();
  });
  await batch.results;
  const allCanceled = await report.end();
  return interruptStatus() ?? (allCanceled ? 0 : 1);
}
