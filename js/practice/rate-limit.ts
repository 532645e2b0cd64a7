// 30 requests a second for all keys of an account together, and a block for those who ignore the refusals.
// Upbit's second may be a fixed one; this one slides, so that a client that pleases it pleases both.
import { Refusal } from "./error-answer.ts";

const WINDOW_MS = 1000;

/** Every number of the rate limit; `startExchange({ limits })` replaces single ones. */
export const RATE_LIMITS = Object.freeze({
  /** Requests accepted in any sliding second. */
  perSecond: 30,
  /** So many 429s within `refusalWindowMs` start a block. */
  refusalsBeforeBlock: 150,
  refusalWindowMs: 5000,
  /** Length of an account's first block; every further one is twice as long. */
  firstBlockMs: 5000,
  longestBlockMs: 60_000,
});

/** @typedef {{ -readonly [Name in keyof typeof RATE_LIMITS]: number }} RateLimits */

/** @typedef {{ left: number, refusal: Refusal | null }} Turn */

/** The budgets of all accounts. */
export class RateLimiter {
  /** @type {Map<string, AccountBudget>} */
  #budgets = new Map();
  #limits;
  #enforced;
  #now;

  /**
   * @param {Partial<RateLimits> | false} limits false: counts nothing, refuses nothing
   * @param {() => number} now milliseconds
   */
  constructor(limits, now) {
    this.#enforced = limits !== false;
    this.#limits = { ...RATE_LIMITS, ...limits };
    this.#now = now;
  }

  /**
   * Counts one request.
   * @param {string | null} account null: nobody's budget, for callers whose key is unknown
   * @returns {Turn}
   */
  admit(account) {
    if (account === null || !this.#enforced) return { left: this.#limits.perSecond, refusal: null };
    let budget = this.#budgets.get(account);
    if (budget === undefined) this.#budgets.set(account, (budget = new AccountBudget(this.#limits)));
    return budget.admit(this.#now());
  }

  /**
   * The header that tells what is left of this second. `min` is constant, as with Upbit.
   * @param {number} left
   */
  remainingReq(left = this.#limits.perSecond) {
    return `group=default; min=${this.#limits.perSecond * 60}; sec=${left}`;
  }
}

class AccountBudget {
  /** @type {number[]} */
  #accepted = [];
  /** @type {number[]} */
  #refused = [];
  #blockedUntil = -Infinity;
  #blocks = 0;
  #limits;

  /** @param {RateLimits} limits */
  constructor(limits) {
    this.#limits = limits;
  }

  /**
   * @param {number} now
   * @returns {Turn}
   */
  admit(now) {
    if (now < this.#blockedUntil) return { left: 0, refusal: blocked(this.#blockedUntil - now) };
    forgetUntil(this.#accepted, now - WINDOW_MS);
    if (this.#accepted.length >= this.#limits.perSecond) return { left: 0, refusal: this.#refuse(now) };
    this.#accepted.push(now);
    return { left: this.#limits.perSecond - this.#accepted.length, refusal: null };
  }

  /** @param {number} now */
  #refuse(now) {
    forgetUntil(this.#refused, now - this.#limits.refusalWindowMs);
    this.#refused.push(now);
    if (this.#refused.length >= this.#limits.refusalsBeforeBlock) this.#block(now);
    return tooManyRequests();
  }

  /** @param {number} now */
  #block(now) {
    const { firstBlockMs, longestBlockMs } = this.#limits;
    this.#blockedUntil = now + Math.min(longestBlockMs, firstBlockMs * 2 ** this.#blocks);
    this.#blocks += 1;
    this.#refused = [];
  }
}

/**
 * @param {number[]} times ascending
 * @param {number} end the last moment to forget
 */
function forgetUntil(times, end) {
  const kept = times.findIndex((time) => time > end);
  times.splice(0, kept === -1 ? times.length : kept);
}

/** @param {string} [retryAfter] seconds, or a date */
export function tooManyRequests(retryAfter) {
  const message = "The account's requests for this second are used up; wait until it has passed.";
  return new Refusal(429, "too_many_requests", message, retryAfterHeader(retryAfter));
}

/** @param {number} ms */
function blocked(ms) {
  const seconds = Math.ceil(ms / 1000);
  return accountBlocked(`for ${seconds} seconds`, String(seconds));
}

/**
 * @param {string} howLong
 * @param {string} [retryAfter]
 */
export function accountBlocked(howLong, retryAfter) {
  const message = `The account kept sending after 429 and is blocked ${howLong}; send nothing until then.`;
  return new Refusal(418, "account_blocked", message, retryAfterHeader(retryAfter));
}

/**
 * @param {string | undefined} retryAfter
 * @returns {Record<string, string>}
 */
function retryAfterHeader(retryAfter) {
  return retryAfter === undefined ? {} : { "Retry-After": retryAfter };
}
