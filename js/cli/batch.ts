// The orders of a run, sent by the package, and how to stop that.

/** @typedef {import("upbit-cancel-order").OrderRef} OrderRef */
/** @typedef {import("upbit-cancel-order").ClientOptions} ClientOptions */
/** @typedef {import("upbit-cancel-order").Progress} Progress */

/** How long answers are waited for that are under way when the user wants to stop. */
const GRACE_MS = 1500;

/**
 * Stopping is done in two steps. A closed client sends nothing more but lets what is under way come
 * to its end, so that the user learns what became of it; an abort would leave it `unknown`, and is
 * for what has not ended in time.
 *
 * @param {OrderRef[]} orders
 * @param {ClientOptions} options
 * @param {(progress: Progress) => void} onProgress
 */
export async function startBatch(orders, options, onProgress) {
  const { UpbitClient } = await import("upbit-cancel-order");
  const client = new UpbitClient(options);
  const abort = new AbortController();
  /** @type {NodeJS.Timeout | undefined} */
  let grace;
  const results = client.cancelOrders(orders, { signal: abort.signal, onProgress }).finally(() => {
    clearTimeout(grace);
    client.close();
  });
  const stop = () => {
    client.close();
    // A pipe can turn out to be closed after the end: that must not hold the process up.
    grace ??= setTimeout(() => abort.abort(), GRACE_MS).unref();
  };
  return { results, stop };
}
