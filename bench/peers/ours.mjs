import { UpbitClient, UpbitError } from "upbit-cancel-order";

/**
 * Calls go to the accounts in turn, so that no account's budget is used up.
 * @type {import("./peers.mjs").Open}
 */
export function open({ baseUrl, accounts }) {
  const clients = accounts.map((keys) => new UpbitClient({ ...keys, baseUrl }));
  let calls = 0;
  /** @param {unknown} error */
  const known = (error) => (error instanceof UpbitError ? error : null);
  return {
    async cancel(uuid) {
      const client = clients[calls++ % clients.length];
      const [order] = (await client?.cancelOrder({ uuid })) ?? [];
      if (order === undefined) throw new Error("No order came back");
      return order;
    },
    statusOf: (error) => known(error)?.status,
    codeOf: (error) => known(error)?.code,
  };
}
