// Remembers the nonces that a key has used. A nonce counts as used when it arrives, whatever the answer.

/** Enough for a long test run. Beyond this number, the oldest nonce is forgotten. */
export const REMEMBERED_NONCES = 100_000;

/** Longer nonces are refused, to limit the memory use. */
export const LONGEST_NONCE = 128;

/** The used nonces of every key. */
export class NonceMemory {
  readonly #used = new Map<string, Set<string>>();
  readonly #capacity: number;

  /** @param capacity nonces remembered for each key */
  constructor(capacity = REMEMBERED_NONCES) {
    this.#capacity = capacity;
  }

  /** Marks a nonce as used. @returns whether it was new */
  use(accessKey: string, nonce: string): boolean {
    const used = this.#used.get(accessKey) ?? new Set();
    if (used.has(nonce)) return false;
    this.#used.set(accessKey, used.add(nonce));
    if (used.size > this.#capacity) forgetOldest(used);
    return true;
  }
}

/** A Set iterates in insertion order. */
function forgetOldest(used: Set<string>) {
  for (const oldest of used) {
    used.delete(oldest);
    return;
  }
}
