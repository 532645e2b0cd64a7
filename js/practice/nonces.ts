// Which nonces a key has used. A nonce counts as used from its arrival on, whatever the answer was.

/** Enough for every request of a long test run; beyond it the oldest nonce is forgotten. */
export const REMEMBERED_NONCES = 100_000;

/** Longer ones are refused, so that the memory above has a ceiling in bytes as well. */
export const LONGEST_NONCE = 128;

/** The used nonces of every key. */
export class NonceMemory {
  /** @type {Map<string, Set<string>>} */
  #used = new Map();
  #capacity;

  /** @param {number} [capacity] nonces remembered for each key */
  constructor(capacity = REMEMBERED_NONCES) {
    this.#capacity = capacity;
  }

  /**
   * @param {string} accessKey
   * @param {string} nonce
   * @returns {boolean} whether it was new
   */
  use(accessKey, nonce) {
    let used = this.#used.get(accessKey);
    if (used === undefined) this.#used.set(accessKey, (used = new Set()));
    if (used.has(nonce)) return false;
    used.add(nonce);
    if (used.size > this.#capacity) this.#forgetOldest(used);
    return true;
  }

  /** @param {Set<string>} used */
  #forgetOldest(used) {
    // A Set iterates in the order of insertion.
    for (const oldest of used) {
      used.delete(oldest);
      return;
    }
  }
}
