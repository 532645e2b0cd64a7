// Numbers and times as a sentence has them.

/**
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** @param {number} ms */
export function duration(ms) {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/**
 * Where and for whom, as the end of a sentence.
 * @param {import("./account.ts").Sender} sender
 */
export function inRegion({ region, keyEnding }) {
  return `in ${region.name} with the key ending ${keyEnding}`;
}
