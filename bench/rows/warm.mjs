// Cancellation after cancellation, in a process that has done many.
import { someAccounts, withExchange } from "../exchange/exchange.mjs";
import { withPeers } from "../peer.mjs";
import { inNode } from "../peers/peers.mjs";
import { alternate } from "../statistics.mjs";

const accounts = someAccounts(500);

/**
 * @param {number} inFlight
 * @returns {import("./rows.mjs").Row}
 */
export const warm = (inFlight) => ({
  title: `Warm cancellations, ${inFlight} in flight`,
  note:
    inFlight === 1
      ? "Each process has its own connection. ccxt brings its own undici; all others use Node's `fetch`."
      : "The same with so many calls at a time.",
  columns: [
    { name: "cpu", title: "CPU per call", unit: "µs" },
    { name: "wall", title: "wall per call", unit: "µs" },
  ],
  base: "ours",
  targets: [
    { of: "cpu", against: "hand-written", most: 1.15 },
    { of: "cpu", against: "ccxt", most: 0.5 },
  ],
  run: ({ scale }) =>
    withExchange({ accounts }, (exchange) =>
      withPeers(inNode, async (ask) => {
        for (const peer of inNode) await ask(peer, "open", { baseUrl: exchange.url, accounts });
        return alternate(inNode, scale(11), async (peer) => {
          const uuids = await exchange.ask("orders", { count: scale(300) });
          const times = await ask(peer, "cancel", { uuids, inFlight });
          const open = await exchange.ask("open", { uuids });
          if (open > 0) throw new Error(`${peer} left ${open} orders open`);
          return times;
        });
      }),
    ),
});
