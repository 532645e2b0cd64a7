import { Child } from "../child.mjs";

/** @typedef {import("../peers/peers.mjs").Keys} Keys */

/**
 * Accounts are so many that no one of them comes near 30 requests a second, whatever a peer's speed.
 * @param {number} count
 * @returns {[Keys, ...Keys[]]}
 */
export function someAccounts(count) {
  const keys = Array.from({ length: count }, (_, index) => ({
    accessKey: `bench-access-${index}`.padEnd(40, "0"),
    secretKey: `bench-secret-${index}`.padEnd(40, "0"),
  }));
  return /** @type {[Keys, ...Keys[]]} */ (keys);
}

/** @typedef {{ url: string, ask: (request: string, input?: object) => Promise<any> }} Exchange */

/**
 * @template T
 * @param {{ accounts: Keys[], limited?: boolean }} options
 * @param {(exchange: Exchange) => Promise<T>} use
 */
export async function withExchange({ accounts, limited = false }, use) {
  const child = new Child("exchange/process.mjs");
  const ask = (/** @type {string} */ request, /** @type {object} */ input = {}) =>
    child.ask({ request, input });
  try {
    const keys = Object.fromEntries(
      accounts.map((pair) => [pair.accessKey, { ...pair, account: pair.accessKey }]),
    );
    const { url } = await ask("start", { keys, limited });
    return await use({ url, ask });
  } finally {
    await child.end();
  }
}
