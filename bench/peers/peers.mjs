// Who is compared: each peer is a module beside this one that exports `open`.

/** @typedef {{ accessKey: string, secretKey: string }} Keys */

/**
 * @typedef {object} OpenOptions
 * @property {string} baseUrl
 * @property {[Keys, ...Keys[]]} accounts those who do not pace themselves need only the first
 * @property {boolean} [stubbed] the global `fetch` is a stub that has to be used
 * @property {boolean} [paced] keep to the rate limit, if the peer can
 */

/**
 * @typedef {object} Client
 * @property {(uuid: string) => Promise<{ uuid: string | undefined }>} cancel the canceled order
 * @property {(uuid: string) => string | Promise<string>} [sign] the token of such a request
 * @property {(error: unknown) => number | null | undefined} statusOf
 * @property {(error: unknown) => string | null | undefined} codeOf Upbit's name for what was wrong
 */

/** @typedef {(options: OpenOptions) => Client} Open */

/** By module. */
export const titles = {
  ours: "upbit-cancel-order",
  signer: "upbit-cancel-order, its core",
  "hand-written": "hand-written, `node:crypto` + `fetch`",
  "hand-written-limit": "the same with `AbortSignal.timeout`",
  "web-crypto": "hand-written, Web Cryptography + `fetch`",
  ccxt: "ccxt",
  "ccxt-upbit": "ccxt, cut down to its Upbit module",
  jose: "jose + `fetch`",
  jsonwebtoken: "jsonwebtoken + `fetch`",
  bare: "an empty script",
};

/** @typedef {keyof typeof titles} Peer */

/** Peers that run in Node. @type {Peer[]} */
export const inNode = ["ours", "hand-written", "hand-written-limit", "ccxt", "jose", "jsonwebtoken"];
