// LZMA (https://7-zip.org/sdk.html), for bytes that our own build has compressed: nothing is checked. A seventh less to
// download than with the DEFLATE that browsers have built in, and that they have as a stream only, while the core
// starts synchronously.

// The settings that the build compresses with: literals are told apart by three bits of the byte before, and places
// by two bits of the position.
const LITERAL_CONTEXT = 3;
const POSITIONS = 4;

/** Of the 12 states, those below this one come after a literal. */
const AFTER_MATCH = 7;
const STATES = 12;
const SHORTEST = 2;

// Where the models of each kind of bit begin, in one table.
const LENGTH_MODELS = 2 + 16 * POSITIONS + 256;
const IS_MATCH = 0;
const IS_REPEAT = IS_MATCH + STATES * POSITIONS;
const IS_OLDER = IS_REPEAT + STATES;
const IS_THIRD_OR_OLDER = IS_OLDER + STATES;
const IS_OLDEST = IS_THIRD_OR_OLDER + STATES;
const IS_LONG = IS_OLDEST + STATES;
const SLOTS = IS_LONG + STATES * POSITIONS;
const NEAR = SLOTS + 4 * 64;
const ALIGN = NEAR + 128;
const LENGTH = ALIGN + 16;
const REPEATED_LENGTH = LENGTH + LENGTH_MODELS;
const LITERAL = REPEATED_LENGTH + LENGTH_MODELS;
const MODELS = LITERAL + (0x300 << LITERAL_CONTEXT);

/** Turns the order of signed numbers into that of unsigned ones. */
const SIGN = 1 << 31;

/**
 * Bits out of a range coder: each takes more or less of the range, by how likely it was.
 * @param {Uint8Array} bytes
 */
function rangeDecoder(bytes) {
  /** How likely the next bit is a 0, in 2048ths. Nothing is known at first. */
  const models = new Uint16Array(MODELS).fill(1024);
  let read = 5;
  // Both are unsigned, but numbers of 32 bits with a sign are what engines are fast with.
  let range = -1;
  let code = new DataView(bytes.buffer, bytes.byteOffset).getInt32(1);

  const shift = () => {
    range <<= 8;
    code = (code << 8) | Number(bytes[read++]);
  };

  /** @param {number} index */
  const bit = (index) => {
    const model = Number(models[index]);
    const bound = Math.imul(range >>> 11, model);
    const zero = (code ^ SIGN) < (bound ^ SIGN);
    if (zero) {
      range = bound;
      models[index] = model + ((2048 - model) >> 5);
    } else {
      range = (range - bound) | 0;
      code = (code - bound) | 0;
      models[index] = model - (model >> 5);
    }
    if (range >>> 24 === 0) shift();
    return zero ? 0 : 1;
  };

  /** Bits that are as likely a 0 as a 1. @param {number} count */
  const plain = (count) => {
    let value = 0;
    for (let left = count; left > 0; left -= 1) {
      range >>>= 1;
      const one = (code ^ SIGN) >= (range ^ SIGN);
      if (one) code = (code - range) | 0;
      value = (value << 1) | (one ? 1 : 0);
      if (range >>> 24 === 0) shift();
    }
    return value;
  };

  /** Bits whose models go by the bits before them, the highest first. @param {number} start @param {number} count */
  const tree = (start, count) => {
    let node = 1;
    for (let left = count; left > 0; left -= 1) node = (node << 1) | bit(start + node);
    return node - (1 << count);
  };

  /** The lowest first. @param {number} start @param {number} count */
  const reverseTree = (start, count) => {
    let [node, value] = [1, 0];
    for (let place = 0; place < count; place += 1) {
      const found = bit(start + node);
      node = (node << 1) | found;
      value |= found << place;
    }
    return value;
  };

  return { bit, plain, tree, reverseTree };
}

/**
 * @param {Uint8Array} compressed without the header that tells size and settings
 * @param {number} size of what comes out
 */
export function decompress(compressed, size) {
  const { bit, plain, tree, reverseTree } = rangeDecoder(compressed);
  const output = new Uint8Array(size);
  let end = 0;
  let state = 0;
  // How far back the last matches were.
  let [last, second, third, oldest] = [0, 0, 0, 0];

  const repeated = () => Number(output[end - last - 1]);

  const literal = () => {
    const before = end > 0 ? Number(output[end - 1]) : 0;
    const start = LITERAL + 0x300 * (before >> (8 - LITERAL_CONTEXT));
    let node = 1;
    // After a match, the byte that would go on with it is a hint for as long as it is right.
    let hint = state < AFTER_MATCH ? 0 : repeated() | 0x100;
    while (hint && node < 0x100) {
      hint <<= 1;
      const expected = hint & 0x100;
      const found = bit(start + 0x100 + expected + node);
      node = (node << 1) | found;
      if (expected !== found << 8) hint = 0;
    }
    while (node < 0x100) node = (node << 1) | bit(start + node);
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    return node;
  };

  /** @param {number} start of the models */
  const length = (start) => {
    const trees = start + 2;
    const place = 8 * (end % POSITIONS);
    if (!bit(start)) return SHORTEST + tree(trees + place, 3);
    if (!bit(start + 1)) return SHORTEST + 8 + tree(trees + 8 * POSITIONS + place, 3);
    return SHORTEST + 16 + tree(trees + 16 * POSITIONS, 8);
  };

  /** @param {number} length */
  const distance = (length) => {
    const slot = tree(SLOTS + 64 * Math.min(length - SHORTEST, 3), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 | (slot & 1)) << bits;
    if (slot < 14) return start + reverseTree(NEAR + start - slot, bits);
    return start + (plain(bits - 4) << 4) + reverseTree(ALIGN, 4);
  };

  const match = () => {
    [second, third, oldest] = [last, second, third];
    const found = length(LENGTH);
    last = distance(found);
    state = state < AFTER_MATCH ? 7 : 10;
    return found;
  };

  /** A match as far back as one of the last. */
  const repeat = () => {
    const early = state < AFTER_MATCH;
    if (!bit(IS_OLDER + state)) {
      if (!bit(IS_LONG + POSITIONS * state + (end % POSITIONS))) {
        state = early ? 9 : 11;
        return 1;
      }
    } else if (!bit(IS_THIRD_OR_OLDER + state)) [last, second] = [second, last];
    else if (!bit(IS_OLDEST + state)) [last, second, third] = [third, last, second];
    else [last, second, third, oldest] = [oldest, last, second, third];
    state = early ? 8 : 11;
    return length(REPEATED_LENGTH);
  };

  while (end < size) {
    if (!bit(IS_MATCH + POSITIONS * state + (end % POSITIONS))) {
      output[end] = literal();
      end += 1;
    } else {
      const stop = end + (bit(IS_REPEAT + state) ? repeat() : match());
      for (; end < stop; end += 1) output[end] = repeated();
    }
  }
  return output;
}
