import assert from "node:assert/strict";
import test from "node:test";
import { compress } from "lzma";
import { decompress } from "../../js/load/lzma.js";
import { seededRandom } from "../practice/seeded-random.js";

const random = seededRandom(7);
const any = () => random(256);

/** @param {number} length @param {(place: number) => number} at */
const bytes = (length, at) => Uint8Array.from({ length }, (_, place) => at(place));

/** What the encoder has other words for: literals, short, long and far matches, and the last distances again. */
const inputs = {
  "one byte": bytes(1, () => 0xff),
  "one byte again and again": bytes(1000, () => 7),
  "all bytes": bytes(256, (place) => place),
  "chance": bytes(5000, any),
  "few symbols": bytes(5000, () => any() % 3),
  "four patterns by turns": bytes(20_000, (place) => (any() < 20 ? any() : (place % (5 + 2 * (place >> 12))) * 31)),
  "the same far apart": bytes(60_000, (place) => Math.imul(place % 25_000, 2654435761) >>> 24),
};

for (const [name, input] of Object.entries(inputs)) {
  test(`decompresses ${name}`, () => {
    const compressed = Uint8Array.from(compress(input, 9)).subarray(13);
    assert.deepEqual(decompress(compressed, input.length), input);
  });
}
