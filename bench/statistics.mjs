/**
 * What was measured of one thing: ours, and a peer's in the same rounds. `most`: the goal for the ratio or, without a
 * peer, for ours.
 * @typedef {{ what: string, unit: string, ours: number[], peer?: string, theirs?: number[], most?: number }} Line
 */

/**
 * Measures all by turns, each round beginning with another one, so that what else the machine does meets all of them.
 * What is to be warm gets a round before that does not count.
 * @param {string[]} names
 * @param {number} rounds
 * @param {(name: string) => Promise<number>} measure
 * @param {number} [first] the number of the first round; from 1 on they count
 * @returns {Promise<Record<string, number[]>>}
 */
export async function alternate(names, rounds, measure, first = 0) {
  const samples = Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]));
  for (let round = first; round <= rounds; round += 1) {
    const turn = round % names.length;
    for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
      const sample = await measure(name);
      if (round > 0) samples[name]?.push(sample);
    }
  }
  return samples;
}

/**
 * A line for each that has a goal or is to be seen, in the sequence of `goals`.
 * @param {string} what
 * @param {string} unit
 * @param {Record<string, number[]>} samples
 * @param {Record<string, number | undefined>} goals by peer; that of `base` is for ours alone
 * @param {string} [base] what of ours is compared
 * @returns {Line[]}
 */
export function compare(what, unit, samples, goals, base = "ours") {
  const ours = samples[base] ?? [];
  return Object.entries(goals).map(([peer, most]) => ({
    what,
    unit,
    ours,
    ...(peer !== base && { peer, theirs: samples[peer] ?? [] }),
    ...(most !== undefined && { most }),
  }));
}

/** @param {number[]} values @param {number} [part] 0.5 for the median, 0.25 and 0.75 for the quartiles */
export function quantile(values, part = 0.5) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * What the goal is about. Where both were measured in rounds it is the median of the rounds' ratios: what else the
 * machine did in a round has met both.
 * @param {Line} line
 */
export function found({ ours, theirs }) {
  if (theirs === undefined) return quantile(ours);
  if (theirs.length !== ours.length) return quantile(ours) / quantile(theirs);
  return quantile(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}
