// One token: from the uuid of an order to the text of the Authorization header.
import { randomUUID } from "node:crypto";
import { checkToken } from "../check-token.mjs";
import { someAccounts } from "../exchange/exchange.mjs";
import { withPeers } from "../peer.mjs";
import { alternate } from "../statistics.mjs";

/** @type {import("../peers/peers.mjs").Peer[]} */
const peers = ["signer", "hand-written", "ccxt", "jose", "jsonwebtoken"];
const accounts = someAccounts(1);
const [keys] = accounts;

/** @type {import("./rows.mjs").Row} */
export const signing = {
  title: "Signing one token",
  note:
    "From the uuid to the finished token, with a fresh nonce. Ours is the core of the package with one " +
    "more export; ccxt signs with HS256, which is less work, the others with HS512.",
  columns: [{ name: "wall", title: "time", unit: "µs" }],
  base: "signer",
  targets: [
    { of: "wall", against: "hand-written", most: 0.8 },
    { of: "wall", against: "ccxt", most: 0.15 },
    { of: "wall", against: "jose", most: 0.1 },
  ],
  run: ({ scale }) =>
    withPeers(peers, async (ask) => {
      for (const peer of peers) await ask(peer, "open", { baseUrl: "http://127.0.0.1:1", accounts });
      return alternate(peers, scale(15), async (peer) => {
        const uuids = Array.from({ length: scale(1000) }, () => randomUUID());
        const { token, wall } = await ask(peer, "sign", { uuids });
        checkToken(token, uuids.at(-1) ?? "", keys);
        return { wall };
      });
    }),
};
