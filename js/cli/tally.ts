import { verdictOf } from "./told-result.ts";

/** How many orders came to which end. */
export class Tally {
  #counts = { canceled: 0, "not canceled": 0, UNKNOWN: 0 };

  /** @param {import("./told-result.ts").ToldResult} result */
  add(result) {
    this.#counts[verdictOf(result)] += 1;
  }

  get total() {
    return Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
  }

  get allCanceled() {
    return this.#counts.canceled === this.total;
  }

  /** What the counts mean, a line each. */
  get lines() {
    const { canceled, "not canceled": notCanceled, UNKNOWN: unknown } = this.#counts;
    return [
      `${canceled} of ${this.total} canceled`,
      ...(notCanceled > 0 ? [`${notCanceled} not canceled by anything that was sent`] : []),
      ...(unknown > 0 ? [`${unknown} UNKNOWN: may or may not be canceled; look at your open orders`] : []),
    ];
  }
}
