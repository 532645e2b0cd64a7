// The rate limits of an account, one per rate group, and blocks for clients that ignore them. Upbit may use fixed seconds; this
// one uses a sliding window, which is stricter.
import { Refusal } from "./refusal.ts";

export type RateGroup = "default" | "order-cancel-all";

/** The numbers of the rate limit. `startExchange({ limits })` overrides them. */
export interface RateLimits {
  /** requests of the group `default` accepted in any sliding second */
  perSecond: number;
  /** one request of the group `order-cancel-all` is accepted in any sliding window of this many milliseconds */
  cancelAllWindowMs: number;
  /** this many 429s of all groups within `refusalWindowMs` start a block */
  refusalsBeforeBlock: number;
  refusalWindowMs: number;
  /** length of an account's first block; each further one is twice as long */
  firstBlockMs: number;
  longestBlockMs: number;
}

export const RATE_LIMITS: Readonly<RateLimits> = Object.freeze({
  perSecond: 30,
  cancelAllWindowMs: 2000,
  refusalsBeforeBlock: 150,
  refusalWindowMs: 5000,
  firstBlockMs: 5000,
  longestBlockMs: 60_000,
});

export interface Turn {
  /** value of the header Remaining-Req */
  budget: string;
  refusal: Refusal | null;
}

/** The rate limits of all accounts. */
export class RateLimiter {
  readonly #accounts = new Map<string, Account>();
  readonly #limits: RateLimits;
  readonly #enforced: boolean;
  readonly #now: () => number;

  /** @param limits false: no limit */
  constructor(limits: Partial<RateLimits> | false, now: () => number) {
    this.#enforced = limits !== false;
    this.#limits = { ...RATE_LIMITS, ...limits };
    this.#now = now;
  }

  /**
   * Counts one request.
   * @param account null for an unknown key: not counted
   */
  admit(account: string | null, group: RateGroup): Turn {
    if (account === null || !this.#enforced) return { budget: this.remainingReq(group), refusal: null };
    const known = this.#accounts.get(account) ?? new Account(this.#limits);
    this.#accounts.set(account, known);
    const { left, refusal } = known.admit(group, this.#now());
    return { budget: this.remainingReq(group, left), refusal };
  }

  /** The Remaining-Req header. `min` is constant, as with Upbit. */
  remainingReq(group: RateGroup = "default", left?: number): string {
    const { count, windowMs } = quota(group, this.#limits);
    return `group=${group}; min=${(count * 60_000) / windowMs}; sec=${left ?? count}`;
  }
}

function quota(group: RateGroup, { perSecond, cancelAllWindowMs }: RateLimits) {
  return group === "default"
    ? { count: perSecond, windowMs: 1000 }
    : { count: 1, windowMs: cancelAllWindowMs };
}

class Account {
  readonly #accepted: Record<RateGroup, number[]> = { default: [], "order-cancel-all": [] };
  readonly #limits: RateLimits;
  #refused: number[] = [];
  #blockedUntil = Number.NEGATIVE_INFINITY;
  #blocks = 0;

  constructor(limits: RateLimits) {
    this.#limits = limits;
  }

  admit(group: RateGroup, now: number): { left: number; refusal: Refusal | null } {
    if (now < this.#blockedUntil) return { left: 0, refusal: blocked(this.#blockedUntil - now) };
    const { count, windowMs } = quota(group, this.#limits);
    const accepted = this.#accepted[group];
    forgetUntil(accepted, now - windowMs);
    if (accepted.length >= count) return { left: 0, refusal: this.#refuse(now) };
    accepted.push(now);
    return { left: count - accepted.length, refusal: null };
  }

  #refuse(now: number) {
    forgetUntil(this.#refused, now - this.#limits.refusalWindowMs);
    this.#refused.push(now);
    if (this.#refused.length >= this.#limits.refusalsBeforeBlock) this.#block(now);
    return tooManyRequests();
  }

  #block(now: number) {
    const { firstBlockMs, longestBlockMs } = this.#limits;
    this.#blockedUntil = now + Math.min(longestBlockMs, firstBlockMs * 2 ** this.#blocks);
    this.#blocks += 1;
    this.#refused = [];
  }
}

/**
 * @param times ascending
 * @param end the last moment to forget
 */
function forgetUntil(times: number[], end: number) {
  const kept = times.findIndex((time) => time > end);
  times.splice(0, kept === -1 ? times.length : kept);
}

/** @param retryAfter seconds, or a date */
export function tooManyRequests(retryAfter?: string) {
  const message = "Rate limit reached: wait until the next second.";
  return new Refusal(429, "too_many_requests", message, retryAfterHeader(retryAfter));
}

function blocked(ms: number) {
  const seconds = Math.ceil(ms / 1000);
  return accountBlocked(`for ${seconds} seconds`, String(seconds));
}

export function accountBlocked(howLong: string, retryAfter?: string) {
  const message = `The account kept sending after a 429 and is blocked ${howLong}. Send nothing until then.`;
  return new Refusal(418, "account_blocked", message, retryAfterHeader(retryAfter));
}

function retryAfterHeader(retryAfter: string | undefined): Record<string, string> {
  return retryAfter === undefined ? {} : { "Retry-After": retryAfter };
}
