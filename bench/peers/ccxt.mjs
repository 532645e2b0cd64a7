import { upbit } from "ccxt";
import { ccxtClient } from "./ccxt-client.mjs";

/** @type {import("./peers.mjs").Open} */
export const open = (options) => ccxtClient(upbit, options);
