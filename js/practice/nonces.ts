// Which nonces a key has used. A nonce counts as used from its arrival on, whatever the answer was.

/** Enough for every request of a long test run; beyond it the oldest nonce is forgotten. */
export const REMEMBERED_NONCES = 100_000;

/** Longer ones are refused, so that the memory above has a ceiling in bytes as well. */
export const LONGEST_NONCE = 128;

/** The used nonces of every key. */
export class NonceMemory {
  readonly #used = new Map<string, Set<string>>();
  readonly #capacity: number;

  /** @param capacity nonces remembered for each key */
  constructor(capacity = REMEMBERED_NONCES) {
    this.#capacity = capacity;
  }

  /** Whether the nonce was new; from now on it is not. */
  use(accessKey: string, nonce: string): boolean {
    const used = this.#used.get(accessKey) ?? new Set();
    if (used.has(nonce)) return false;
    this.#used.set(accessKey, used.add(nonce));
    if (used.size > this.#capacity) forgetOldest(used);
    return true;
  }
}

/** A Set iterates in the order of insertion. */
function forgetOldest(used: Set<string>) {
  for (const oldest of used) {
    used.delete(oldest);
    return;
  }
}
