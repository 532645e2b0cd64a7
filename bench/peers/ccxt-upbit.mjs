// Only what is needed of ccxt, by a path that its package.json does not export: its best in a page.
import upbit from "../node_modules/ccxt/js/src/upbit.js";
import { ccxtClient } from "./ccxt-client.mjs";

/** @type {import("./peers.mjs").Open} */
export const open = (options) => ccxtClient(upbit, options);
