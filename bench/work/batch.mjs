import { cancelOrders } from "upbit-cancel-order";
import { measure } from "./measure.mjs";
import { client } from "./open.mjs";

/**
 * Milliseconds for all, and how many went.
 * @typedef {{ wall: number, cpu: number, canceled: number }} BatchTimes
 */

/**
 * Many orders of one account: by ours as a batch, by the others all at once.
 * @param {string} peer
 * @param {{ uuids: string[], options: import("upbit-cancel-order").ClientOptions }} input
 * @returns {Promise<BatchTimes>}
 */
export default async function batch(peer, { uuids, options }) {
  let canceled = 0;
  const times = await measure(1000, async () => {
    canceled = peer === "ours" ? await cancelBatch(uuids, options) : await cancelAllAtOnce(uuids);
  });
  return { ...times, canceled };
}

/** @param {string[]} uuids @param {import("upbit-cancel-order").ClientOptions} options */
async function cancelBatch(uuids, options) {
  const results = await cancelOrders(
    uuids.map((uuid) => ({ uuid })),
    options,
  );
  return results.filter((result, index) => result.ok && result.order.uuid === uuids[index]).length;
}

/** @param {string[]} uuids */
async function cancelAllAtOnce(uuids) {
  const results = await Promise.allSettled(uuids.map((uuid) => client.cancel(uuid)));
  return results.filter(
    (result, index) => result.status === "fulfilled" && result.value.uuid === uuids[index],
  ).length;
}
