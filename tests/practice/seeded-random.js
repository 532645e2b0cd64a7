/**
 * Random numbers with a seed (mulberry32), so that a failure can be repeated.
 * @param {number} seed
 * @returns {(below: number) => number} a whole number from 0 up to the given one
 */
export function seededRandom(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
