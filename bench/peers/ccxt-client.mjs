// ccxt as far as it goes without loading its markets, which would be another request and much more work.

/**
 * @param {typeof import("ccxt").upbit} Upbit
 * @param {import("./peers.mjs").OpenOptions} options
 * @returns {import("./peers.mjs").Client}
 */
export function ccxtClient(Upbit, { baseUrl, accounts: [{ accessKey, secretKey }], stubbed, paced = false }) {
  const exchange = new Upbit({ apiKey: accessKey, secret: secretKey, enableRateLimit: paced });
  exchange.urls.api = { public: baseUrl, private: baseUrl };
  exchange.markets = {};
  // In Node it would go around the global `fetch`, by an undici of its own.
  if (stubbed) exchange.fetchImplementation = (/** @type {string} */ url) => fetch(url);
  return {
    sign: (uuid) => exchange.sign("order", "private", "DELETE", { uuid }).headers.Authorization.slice(7),
    async cancel(uuid) {
      const { id } = await exchange.cancelOrder(uuid);
      return { uuid: id };
    },
    statusOf: () => exchange.last_http_status,
    codeOf: (error) => /"name":"(\w+)"/.exec(String(error))?.[1],
  };
}
