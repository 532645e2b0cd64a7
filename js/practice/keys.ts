// The three documented practice keys, and the ring in which the exchange looks keys up.

/** @typedef {{ accessKey: string, secretKey: string }} KeyPair */
/** @typedef {"Make Orders" | "View Orders"} Permission */

/**
 * A key to accept besides the documented ones.
 * @typedef {object} KeyGrant
 * @property {Permission[]} [permissions] default: both
 * @property {boolean} [expired] default: false
 * @property {string} [account] keys of one account share its request budget; default "practice"
 */

/** @typedef {KeyPair & KeyGrant} KeyOptions */

/** @typedef {Required<KeyGrant> & { accessKey: string, secret: Buffer }} Key */

/** Keys by name: the documented ones are always there. */
/** @typedef {Record<"trader" | "viewer" | "expired", KeyPair> & Record<string, KeyPair>} KeyPairs */

/**
 * trader may cancel and look; viewer may only look, canceling answers `out_of_scope`; expired answers
 * `expired_access_key`. 40 characters each, like real ones; they open nothing but a practice exchange.
 */
export const PRACTICE_KEYS = Object.freeze({
  trader: Object.freeze({
    accessKey: "practice-trader-access-00000000000000001",
    secretKey: "practice-trader-secret-00000000000000001",
  }),
  viewer: Object.freeze({
    accessKey: "practice-viewer-access-00000000000000001",
    secretKey: "practice-viewer-secret-00000000000000001",
  }),
  expired: Object.freeze({
    accessKey: "practice-expired-access-0000000000000001",
    secretKey: "practice-expired-secret-0000000000000001",
  }),
});

/** @type {Record<"trader" | "viewer" | "expired", KeyOptions>} */
const DOCUMENTED_KEYS = {
  trader: PRACTICE_KEYS.trader,
  viewer: { ...PRACTICE_KEYS.viewer, permissions: ["View Orders"] },
  expired: { ...PRACTICE_KEYS.expired, expired: true },
};

/** The keys of one exchange. */
export class KeyRing {
  /** @type {Map<string, Key>} */
  #byAccessKey = new Map();

  /** @type {KeyPairs} */
  pairs = { ...PRACTICE_KEYS };

  /** @param {Record<string, KeyOptions>} [more] */
  constructor(more = {}) {
    for (const [name, key] of Object.entries({ ...DOCUMENTED_KEYS, ...more })) this.#add(name, key);
  }

  /**
   * @param {string} name
   * @param {KeyOptions} options
   */
  #add(name, { accessKey, secretKey, permissions, expired = false, account = "practice" }) {
    this.pairs[name] = { accessKey, secretKey };
    this.#byAccessKey.set(accessKey, {
      accessKey,
      secret: Buffer.from(secretKey, "utf8"),
      permissions: permissions ?? ["Make Orders", "View Orders"],
      expired,
      account,
    });
  }

  /**
   * @param {unknown} accessKey
   * @returns {Key | null}
   */
  find(accessKey) {
    return typeof accessKey === "string" ? (this.#byAccessKey.get(accessKey) ?? null) : null;
  }
}
