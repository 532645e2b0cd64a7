// The package as a user has it: installed from the tarball, not the checkout. `npm test` installs it.
// UPBIT_PACKAGE names the folder of another build, to see a test fail on it.
import { fileURLToPath, pathToFileURL } from "node:url";

const consumer = fileURLToPath(new URL("../../target/consumer/", import.meta.url));
const other = process.env.UPBIT_PACKAGE || undefined;

/** Where the package's files are. */
export const packageFolder = other ?? `${consumer}node_modules/upbit-cancel-order`;

/** What a program of its own imports. */
export const packageUrl = pathToFileURL(other ? `${other}/index.js` : `${consumer}installed.js`).href;

/** @type {typeof import("upbit-cancel-order")} */
const installed = await import(packageUrl);

export const { cancelOrder, cancelOrders, cancelByIds, cancelAllOrders, cancelOpen } = installed;
export const { getOrder, listOpenOrders, previewRequest, UpbitClient, UpbitError } = installed;

/**
 * What a client of the practice exchange needs, with the key that may cancel.
 * @param {import("../../js/practice/exchange.ts").Exchange} exchange
 */
export const trader = (exchange) => ({ ...exchange.keys.trader, baseUrl: exchange.url });
