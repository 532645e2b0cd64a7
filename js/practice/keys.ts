// The documented practice keys, and the key ring of the exchange.

export interface KeyPair {
  accessKey: string;
  secretKey: string;
}

export type Permission = "Make Orders" | "View Orders";

/** A key besides the documented ones. */
export interface KeyOptions extends KeyPair {
  /** default: both */
  permissions?: Permission[];
  /** default: false */
  expired?: boolean;
  /** keys of one account share its request budget; default "practice" */
  account?: string;
}

export interface Key {
  accessKey: string;
  secret: Buffer;
  permissions: Permission[];
  expired: boolean;
  account: string;
}

type DocumentedName = "trader" | "viewer" | "expired" | "canceler";

/** Keys by name, always including the documented ones. */
export type KeyPairs = Record<DocumentedName, KeyPair> & Record<string, KeyPair>;

/**
 * trader can cancel and look up; viewer can only look up, canceling answers `out_of_scope`; expired answers `expired_access_key`;
 * canceler can only cancel, lookups answer `out_of_scope`. 40 characters each, like real keys
 * ("practice-trader-access-00000000000000001"). They only work on a practice exchange.
 */
export const PRACTICE_KEYS: Readonly<Record<DocumentedName, Readonly<KeyPair>>> = Object.freeze({
  trader: practiceKey("trader"),
  viewer: practiceKey("viewer"),
  expired: practiceKey("expired"),
  canceler: practiceKey("canceler"),
});

const DOCUMENTED_KEYS: Record<DocumentedName, KeyOptions> = {
  trader: PRACTICE_KEYS.trader,
  viewer: { ...PRACTICE_KEYS.viewer, permissions: ["View Orders"] },
  expired: { ...PRACTICE_KEYS.expired, expired: true },
  canceler: { ...PRACTICE_KEYS.canceler, permissions: ["Make Orders"] },
};

function practiceKey(name: string): Readonly<KeyPair> {
  const text = (half: string) => `${`practice-${name}-${half}-`.padEnd(39, "0")}1`;
  return Object.freeze({ accessKey: text("access"), secretKey: text("secret") });
}

/** The keys of one exchange. */
export class KeyRing {
  readonly pairs: KeyPairs = { ...PRACTICE_KEYS };
  readonly #byAccessKey = new Map<string, Key>();

  constructor(more: Record<string, KeyOptions> = {}) {
    for (const [name, key] of Object.entries({ ...DOCUMENTED_KEYS, ...more })) this.#add(name, key);
  }

  #add(name: string, options: KeyOptions) {
    const { accessKey, secretKey, expired = false, account = "practice" } = options;
    const { permissions = ["Make Orders", "View Orders"] } = options;
    this.pairs[name] = { accessKey, secretKey };
    const secret = Buffer.from(secretKey, "utf8");
    this.#byAccessKey.set(accessKey, { accessKey, secret, permissions, expired, account });
  }

  find(accessKey: unknown): Key | null {
    return typeof accessKey === "string" ? (this.#byAccessKey.get(accessKey) ?? null) : null;
  }
}
