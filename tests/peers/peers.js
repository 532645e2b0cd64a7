// Clients that cancel an order without our package: those that npm has, each used as its users would.
import { ccxt } from "./with-ccxt.js";
import { jose } from "./with-jose.js";
import { jsonwebtoken } from "./with-jsonwebtoken.js";

/** @typedef {import("upbit-cancel-order").OrderRef} OrderRef */
/** @typedef {"HS512" | "HS256"} Algorithm */

/**
 * @typedef {object} Setting
 * @property {string} baseUrl
 * @property {string} accessKey
 * @property {string} secretKey
 * @property {string} [nonce] instead of one of its own
 * @property {string} [alteration] put after the text that is hashed, which makes the hash a wrong one
 */

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {Algorithm} algorithm
 * @property {(order: OrderRef, setting: Setting) => Promise<unknown>} cancel rejects with an error that
 *   says Upbit's name for what was wrong
 */

/** @type {Peer[]} */
export const peers = [ccxt, jose("HS512"), jose("HS256"), jsonwebtoken("HS256"), jsonwebtoken("HS512")];
