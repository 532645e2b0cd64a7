import { Child } from "./child.mjs";

/**
 * Starts a process for every peer, and ends them when the work is done.
 * @template T
 * @param {import("./peers/peers.mjs").Peer[]} peers
 * @param {(ask: (peer: string, work: string, input: object) => Promise<any>) => Promise<T>} use
 */
export async function withPeers(peers, use) {
  const children = new Map(
    peers.map((peer) => [/** @type {string} */ (peer), new Child("peer-process.mjs", [peer])]),
  );
  try {
    return await use((peer, work, input) => {
      const child = children.get(peer);
      if (child === undefined) throw new Error(`There is no process for ${peer}`);
      return child.ask({ work, input });
    });
  } finally {
    await Promise.all(Array.from(children.values(), (child) => child.end()));
  }
}
