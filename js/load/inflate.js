// DEFLATE (RFC 1951), for bytes that our own build has compressed: nothing is checked. Runtimes have this built in,
// but browsers only as a stream, and the core starts synchronously.

/** The lengths of the code lengths come in this order. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Of the first symbols for lengths and distances. All that follow from them grow by powers of two. */
const LENGTHS = ranges(3, 29, 4);
const DISTANCES = ranges(1, 30, 2);

/**
 * Base and extra bits of each symbol: so many symbols share a number of extra bits.
 * @param {number} base
 * @param {number} count
 * @param {number} shared
 */
function ranges(base, count, shared) {
  return Array.from({ length: count }, (_, symbol) => {
    const extra = Math.max(0, Math.floor(symbol / shared) - 1);
    const range = { base, extra };
    base += 1 << extra;
    return range;
  });
}

/** Canonical Huffman codes. @typedef {{ counts: Uint16Array, symbols: number[] }} Codes */

/** @param {number[]} lengths the length of each symbol's code, 0 for none @returns {Codes} */
function codes(lengths) {
  const counts = new Uint16Array(16);
  for (const length of lengths) if (length) counts[length] = (counts[length] ?? 0) + 1;
  const symbols = lengths.flatMap((length, symbol) => (length ? [symbol] : []));
  symbols.sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
  return { counts, symbols };
}

/**
 * @param {Uint8Array} compressed
 * @param {number} size of what comes out
 */
export function inflate(compressed, size) {
  const output = new Uint8Array(size);
  let [written, read, buffer, buffered] = [0, 0, 0, 0];

  /** @param {number} count */
  const bits = (count) => {
    while (buffered < count) {
      buffer |= (compressed[read++] ?? 0) << buffered;
      buffered += 8;
    }
    const value = buffer & ((1 << count) - 1);
    buffer >>>= count;
    buffered -= count;
    return value;
  };

  /** @param {Codes} codes */
  const symbol = ({ counts, symbols }) => {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; ; length += 1) {
      code |= bits(1);
      const count = counts[length] ?? 0;
      if (code - first < count) return symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
  };

  const readCodes = () => {
    const [literals, distances, orders] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const ordered = Array(19).fill(0);
    for (const place of ORDER.slice(0, orders)) ordered[place] = bits(3);
    const lengthCodes = codes(ordered);
    /** @type {number[]} */
    const lengths = [];
    while (lengths.length < literals + distances) {
      const length = symbol(lengthCodes);
      if (length < 16) lengths.push(length);
      else if (length === 16) repeat(lengths, lengths.at(-1) ?? 0, 3 + bits(2));
      else repeat(lengths, 0, length === 17 ? 3 + bits(3) : 11 + bits(7));
    }
    return { literal: codes(lengths.slice(0, literals)), distance: codes(lengths.slice(literals)) };
  };

  let last = 0;
  while (!last) {
    last = bits(1);
    bits(2);
    const { literal, distance } = readCodes();
    for (let found = symbol(literal); found !== 256; found = symbol(literal)) {
      if (found < 256) {
        output[written++] = found;
        continue;
      }
      // The last symbol for a length stands for 258 and not for what would come next.
      const { base, extra } = found === 285 ? { base: 258, extra: 0 } : (LENGTHS[found - 257] ?? NOTHING);
      const end = written + base + bits(extra);
      const back = DISTANCES[symbol(distance)] ?? NOTHING;
      const offset = back.base + bits(back.extra);
      while (written < end) output[written] = output[written++ - offset] ?? 0;
    }
  }
  return output;
}

const NOTHING = { base: 0, extra: 0 };

/** @param {number[]} list @param {number} value @param {number} times */
function repeat(list, value, times) {
  for (let time = 0; time < times; time += 1) list.push(value);
}
