// A line on a terminal that tells how far a batch is.

const WIDEST_BAR = 30;
const NARROWEST_BAR = 5;
const ERASE_LINE = "\r\x1b[K";

/** @typedef {{ done: number, total: number, failed: number }} Counts */

/** Draws over itself. It is erased before anything else is written to the terminal. */
export class ProgressBar {
  #stream;
  #since = performance.now();

  /** @param {NodeJS.WriteStream} stream */
  constructor(stream) {
    this.#stream = stream;
  }

  /** @param {Counts} counts */
  draw(counts) {
    const text = progressText(counts, (performance.now() - this.#since) / 1000);
    // Most terminals tell their width; a line that is too long would wrap, and could not be erased.
    const line = withBar(text, counts.done / counts.total, this.#stream.columns || 80);
    this.#stream.write(ERASE_LINE + line);
  }

  erase() {
    this.#stream.write(ERASE_LINE);
  }
}

/**
 * @param {Counts} counts
 * @param {number} seconds since the start
 */
function progressText({ done, total, failed }, seconds) {
  const rate = done / seconds;
  const parts = [`${done}/${total}`, `${Math.round(rate)}/s`, `${timeText((total - done) / rate)} left`];
  return (failed > 0 ? [...parts, `${failed} failed`] : parts).join("  ");
}

/** @param {number} seconds */
function timeText(seconds) {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * @param {string} text
 * @param {number} share from 0 to 1
 * @param {number} columns
 */
function withBar(text, share, columns) {
  const width = Math.min(WIDEST_BAR, columns - text.length - "[]  ".length - 1);
  if (width < NARROWEST_BAR) return text.slice(0, columns - 1);
  const filled = Math.round(share * width);
  return `[${"=".repeat(filled)}${" ".repeat(width - filled)}]  ${text}`;
}
