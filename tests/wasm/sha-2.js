// The compression function of SHA-2 (FIPS 180-4): what HMAC keeps of a key are its results, which no library
// gives out.

/**
 * @typedef {object} Sha2
 * @property {string} name in node:crypto
 * @property {bigint} bits of a word
 * @property {number} rounds
 * @property {[bigint, bigint, bigint][]} sigmas by how much Σ0, Σ1, σ0 and σ1 rotate; σ shift at last
 */

/** @type {Sha2} */
const sha512 = {
  name: "sha512",
  bits: 64n,
  rounds: 80,
  sigmas: [
    [28n, 34n, 39n],
    [14n, 18n, 41n],
    [1n, 8n, 7n],
    [19n, 61n, 6n],
  ],
};

/** @type {Sha2} */
const sha256 = {
  name: "sha256",
  bits: 32n,
  rounds: 64,
  sigmas: [
    [2n, 13n, 22n],
    [6n, 11n, 25n],
    [7n, 18n, 3n],
    [17n, 19n, 10n],
  ],
};

/** What each of the algorithms hashes with. */
export const sha2 = { HS512: sha512, HS256: sha256 };

/** @param {Sha2} hash */
export const blockSize = ({ bits }) => Number(bits) * 2;

/** @param {number} n */
const isPrime = (n) => n > 1 && !Array.from({ length: n - 2 }, (_, d) => d + 2).some((d) => n % d === 0);
const primes = Array.from({ length: 410 }, (_, n) => n)
  .filter(isPrime)
  .map(BigInt);

/** @param {bigint[]} words @param {number} index */
const at = (words, index) => words[index] ?? 0n;

/** The first bits after the point of a root. @param {bigint} n @param {bigint} degree @param {bigint} bits */
function fraction(n, degree, bits) {
  let low = 0n;
  for (let bit = 1n << (bits + 9n); bit > 0n; bit >>= 1n) {
    if ((low | bit) ** degree <= n << (degree * bits)) low |= bit;
  }
  return BigInt.asUintN(Number(bits), low);
}

/**
 * The eight words to which a first block leads.
 * @param {Buffer} block
 * @param {Sha2} hash
 */
export function compress(block, { bits, rounds, sigmas }) {
  const word = (/** @type {bigint} */ value) => BigInt.asUintN(Number(bits), value);
  const rotated = (/** @type {bigint} */ x, /** @type {bigint} */ by) => word((x >> by) | (x << (bits - by)));
  const mixed = (/** @type {number} */ index, /** @type {bigint} */ x) => {
    const [first, second, third] = sigmas[index] ?? [0n, 0n, 0n];
    return rotated(x, first) ^ rotated(x, second) ^ (index < 2 ? rotated(x, third) : x >> third);
  };
  const size = Number(bits) / 8;
  const hex = (/** @type {number} */ t) => block.toString("hex", t * size, (t + 1) * size);
  const w = Array.from({ length: 16 }, (_, t) => BigInt(`0x${hex(t)}`));
  for (let t = 16; t < rounds; t += 1) {
    w.push(word(mixed(3, at(w, t - 2)) + at(w, t - 7) + mixed(2, at(w, t - 15)) + at(w, t - 16)));
  }
  const start = primes.slice(0, 8).map((prime) => fraction(prime, 2n, bits));
  let state = start;
  for (let t = 0; t < rounds; t += 1) {
    const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    const first = h + mixed(1, e) + ((e & f) ^ (~e & g)) + fraction(at(primes, t), 3n, bits) + at(w, t);
    const second = mixed(0, a) + ((a & b) ^ (a & c) ^ (b & c));
    state = [word(first + second), a, b, c, word(d + first), e, f, g];
  }
  return state.map((value, index) => word(value + at(start, index)));
}
