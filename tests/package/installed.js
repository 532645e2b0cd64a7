// The package as a user has it: installed from the tarball, not the checkout. `npm test` installs it.
import { pathToFileURL } from "node:url";

const entry = new URL("../../target/consumer/installed.js", import.meta.url);

/** @type {typeof import("upbit-cancel-order")} */
const installed = await import(pathToFileURL(entry.pathname).href);

export const { cancelOrder, cancelOrders, previewRequest, UpbitClient, UpbitError } = installed;

/**
 * What a client of the practice exchange needs, with the key that may cancel.
 * @param {import("../../js/practice/exchange.ts").Exchange} exchange
 */
export const trader = (exchange) => ({ ...exchange.keys.trader, baseUrl: exchange.url });
