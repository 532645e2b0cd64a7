// 300 orders of one account against an exchange that keeps its limits.
import { someAccounts, withExchange } from "../exchange/exchange.mjs";
import { withPeers } from "../peer.mjs";
import { spreads } from "../statistics.mjs";

const ORDERS = 300;

/** Each on an exchange and an account of its own, so all can wait at the same time. */
const contestants = /** @type {const} */ (["ours", "ccxt", "hand-written"]);

/** @type {import("./rows.mjs").Row} */
export const batch = {
  title: `${ORDERS} orders within 30 requests a second`,
  note:
    "Ours by `cancelOrders`; ccxt by all calls at once and its own throttle; the hand-written client by " +
    "all calls at once, which is what not pacing costs.",
  columns: [
    { name: "wall", title: "wall", unit: "s" },
    { name: "cpu", title: "CPU", unit: "ms" },
    { name: "canceled", title: "canceled", unit: "" },
    { name: "refused", title: "429 and 418", unit: "" },
  ],
  base: "ours",
  targets: [
    { of: "wall", most: 10.5 },
    { of: "refused", most: 0 },
  ],
  async run({ scale }) {
    /** @type {Record<string, number>[][]} */
    const rounds = [];
    for (let round = 0; round < scale(3); round += 1)
      rounds.push(await Promise.all(contestants.map(cancelMany)));
    /** @param {number} index */
    const ofOne = (index) => spreads(rounds.map((round) => round[index] ?? {}));
    return Object.fromEntries(contestants.map((peer, index) => [peer, ofOne(index)]));
  },
};

/** @param {typeof contestants[number]} peer */
function cancelMany(peer) {
  const accounts = someAccounts(1);
  return withExchange({ accounts, limited: true }, (exchange) =>
    withPeers([peer], async (ask) => {
      await ask(peer, "open", { baseUrl: exchange.url, accounts, paced: true });
      const uuids = await exchange.ask("orders", { count: ORDERS });
      const options = { ...accounts[0], baseUrl: exchange.url };
      const { wall, cpu, canceled } = await ask(peer, "batch", { uuids, options });
      const open = await exchange.ask("open", { uuids });
      if (peer === "ours" && canceled !== ORDERS) throw new Error(`ours canceled ${canceled} of ${ORDERS}`);
      if (open !== ORDERS - canceled)
        throw new Error(`${peer} told of ${canceled}, and ${open} are still open`);
      const counts = await exchange.ask("counts");
      return { wall: wall / 1000, cpu, canceled, refused: (counts[429] ?? 0) + (counts[418] ?? 0) };
    }),
  );
}
