import { measure } from "./measure.mjs";
import { client } from "./open.mjs";

/**
 * Cancels all of these orders, so many at a time.
 * @param {string} _peer
 * @param {{ uuids: string[], inFlight: number }} input
 */
export default function cancel(_peer, { uuids, inFlight }) {
  const left = uuids.values();
  async function work() {
    for (const uuid of left) {
      const order = await client.cancel(uuid);
      if (order.uuid !== uuid) throw new Error(`Asked to cancel ${uuid}, and was told of ${order.uuid}`);
    }
  }
  return measure(uuids.length, () => Promise.all(Array.from({ length: inFlight }, work)));
}
