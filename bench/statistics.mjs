/**
 * One measurement: our samples, and a peer's samples from the same rounds. `most`: the goal for the ratio or, without a
 * peer, for our result.
 * @typedef {{ what: string, unit: string, ours: number[], peer?: string, theirs?: number[], most?: number }} Line
 */

/**
 * Measures all in turn. Each round begins with a different one, so that other load on the machine affects all of them.
 * Round 0 is a warm-up and does not count.
 * @param {string[]} names
 * @param {number} rounds
 * @param {(name: string) => Promise<number>} measure
 * @param {number} [first] number of the first round; rounds from 1 on count
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
 * One line for each entry of `goals`, in that order.
 * @param {string} what
 * @param {string} unit
 * @param {Record<string, number[]>} samples
 * @param {Record<string, number | undefined>} goals by peer; the goal of `base` is for our result alone
 * @param {string} [base] which of our samples are compared
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
 * The value that the goal applies to. If both were measured in the same rounds, it is the median of the ratios per round,
 * because other load on the machine in a round affects both.
 * @param {Line} line
 */
export function found({ ours, theirs }) {
  if (theirs === undefined) return quantile(ours);
  if (theirs.length !== ours.length) return quantile(ours) / quantile(theirs);
  return quantile(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}
