// Everything but the network: a call whose answer is there at once.
import { randomUUID } from "node:crypto";
import { someAccounts } from "../exchange/exchange.mjs";
import { withPeers } from "../peer.mjs";
import { inNode } from "../peers/peers.mjs";
import { alternate } from "../statistics.mjs";

const accounts = someAccounts(1000);

/**
 * @param {200 | 404} status
 * @returns {import("./rows.mjs").Row}
 */
export const answers = (status) => ({
  title:
    status === 200 ? "A call whose success is there at once" : "A call whose error answer is there at once",
  note: `Signing, reading and decoding; \`fetch\` is replaced by one that answers ${status} at once.`,
  columns: [{ name: "wall", title: "time per call", unit: "µs" }],
  base: "ours",
  targets: [],
  run: ({ scale }) =>
    withPeers(inNode, async (ask) => {
      const options = { baseUrl: "http://127.0.0.1:1", accounts, stubbed: true };
      for (const peer of inNode) await ask(peer, "open", options);
      return alternate(inNode, scale(15), async (peer) => {
        const uuids = Array.from({ length: scale(300) }, () => randomUUID());
        const { wall } = await ask(peer, "answer", { uuids, status });
        return { wall };
      });
    }),
});
