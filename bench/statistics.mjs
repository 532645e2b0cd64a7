/** @typedef {{ median: number, low: number, high: number }} Spread the quartiles */

/** @param {number[]} sorted @param {number} part */
function quantile(sorted, part) {
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** @param {number[]} values @returns {Spread} */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/**
 * Measures the peers by turns, each time with another one first, so that what else the machine does meets
 * all of them. The first round only warms up.
 *
 * @template {string} Peer
 * @param {Peer[]} peers
 * @param {number} rounds
 * @param {(peer: Peer) => Promise<Record<string, number>>} measure
 * @returns {Promise<Record<Peer, Record<string, Spread>>>} by peer and by what was measured
 */
export async function alternate(peers, rounds, measure) {
  const samples = new Map(peers.map((peer) => [peer, /** @type {Record<string, number>[]} */ ([])]));
  for (let round = -1; round < rounds; round += 1) {
    const first = (round + 1) % peers.length;
    for (const peer of [...peers.slice(first), ...peers.slice(0, first)]) {
      const sample = await measure(peer);
      if (round >= 0) samples.get(peer)?.push(sample);
    }
  }
  const results = Array.from(samples, ([peer, measured]) => [peer, spreads(measured)]);
  return Object.fromEntries(results);
}

/** @param {Record<string, number>[]} samples @returns {Record<string, Spread>} */
export function spreads(samples) {
  const names = Object.keys(samples[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, spread(samples.map((sample) => sample[name] ?? NaN))]),
  );
}
