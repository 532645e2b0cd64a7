import { measure } from "./measure.mjs";
import { client } from "./open.mjs";
import { stubFetch } from "./stub.mjs";

/**
 * Whole calls whose answers come at once.
 * @param {string} _peer
 * @param {{ uuids: string[], status: 200 | 404 }} input
 */
export default function answer(_peer, { uuids, status }) {
  stubFetch(status);
  const call = status === 200 ? succeed : fail;
  return measure(uuids.length, async () => {
    for (const uuid of uuids) await call(uuid);
  });
}

/** @param {string} uuid */
async function succeed(uuid) {
  const order = await client.cancel(uuid);
  if (order.uuid !== uuid) throw new Error(`Asked to cancel ${uuid}, and was told of ${order.uuid}`);
}

/** @param {string} uuid */
async function fail(uuid) {
  const code = await client.cancel(uuid).then(
    () => "success",
    (error) => client.codeOf(error),
  );
  if (code !== "order_not_found") throw new Error(`The answer was order_not_found, and ${code} came back`);
}
