/**
 * What a peer's page does: cancels one order as soon as it can, and tells when that was.
 * @param {import("../peers/peers.mjs").Open} open
 */
export async function start(open) {
  const {
    accessKey = "",
    secretKey = "",
    uuid = "",
  } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const client = open({ baseUrl: location.origin, accounts: [{ accessKey, secretKey }] });
  const ready = performance.now();
  const order = await client.cancel(uuid);
  Object.assign(globalThis, { told: { ready, done: performance.now(), canceled: order.uuid } });
}
