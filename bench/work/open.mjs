/** The client of this process. @type {import("../peers/peers.mjs").Client} */
export let client;

/**
 * @param {string} peer
 * @param {import("../peers/peers.mjs").OpenOptions} options
 */
export default async function openPeer(peer, options) {
  const { open } = await import(`../peers/${peer}.mjs`);
  client = open(options);
}
