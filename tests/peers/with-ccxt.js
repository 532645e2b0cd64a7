// ccxt, without the markets that it would load first. Its `cancelOrder` knows orders by uuid; by identifier
// they are canceled with the method that it makes of the endpoint's name.
import { pathToFileURL } from "node:url";
import { inRoot } from "../../scripts/paths.mjs";

const entry = pathToFileURL(inRoot("target/peers/node_modules/ccxt/js/ccxt.js"));
const { upbit: Upbit } = await import(entry.href);

/** @type {import("./peers.js").Peer} */
export const ccxt = { name: "ccxt", algorithm: "HS256", cancel };

/** @type {import("./peers.js").Peer["cancel"]} */
function cancel({ uuid, ...others }, { baseUrl, accessKey, secretKey, nonce, alteration = "" }) {
  const exchange = new Upbit({ apiKey: accessKey, secret: secretKey, enableRateLimit: false });
  exchange.urls.api = { public: baseUrl, private: baseUrl };
  exchange.markets = {};
  if (nonce) exchange.uuid = () => nonce;
  const { rawencode } = exchange;
  exchange.rawencode = (/** @type {object} */ query) => rawencode(query) + alteration;
  return uuid ? exchange.cancelOrder(uuid, undefined, others) : exchange.privateDeleteOrder(others);
}
