// Progress output: one redrawn line on a terminal, plain lines elsewhere.
import { stripVTControlCharacters } from "node:util";

const out = process.stdout;
const isTerminal = out.isTTY && process.env.TERM !== "dumb";
const isColored = isTerminal && !process.env.NO_COLOR;
const startOfLine = isTerminal ? "\r\x1b[2K" : "";

/** @param {number} code */
const sgr = (code) => (/** @type {string} */ text) => (isColored ? `\x1b[${code}m${text}\x1b[0m` : text);
export const paint = { green: sgr(32), red: sgr(31), dim: sgr(2) };

/** Steps in progress, outermost first. @type {{ title: string, expect: string, detail: string, since: number }[]} */
const running = [];
/** @type {NodeJS.Timeout | undefined} */
let timer;

/** @param {number} ms */
export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** @param {string} line */
export const say = (line) => out.write(`${startOfLine}${line}\n`);

/** @param {string} text */
export const sayDone = (text) => say(`${paint.green("✔")} ${text}`);

/** Shows the innermost step. */
function showProgress() {
  const { title = "", expect, detail, since = 0 } = running.at(-1) ?? {};
  const facts = [title, expect, duration(performance.now() - since), detail].filter(Boolean).join(" · ");
  out.write(isTerminal ? startOfLine + `… ${facts}`.slice(0, (out.columns || 80) - 1) : `  … ${facts}\n`);
}

/**
 * Shows progress while `work` runs. Leaves no line behind on a terminal.
 * @template T
 * @param {string} title
 * @param {(tell: (detail: string) => void) => T | Promise<T>} work `tell` reports the current detail
 * @param {{ expect?: string }} [options] the expected time
 * @returns {Promise<T>}
 */
export async function live(title, work, { expect = "" } = {}) {
  const now = { title, expect, detail: "", since: performance.now() };
  if (!isTerminal) say(`… ${title}${expect && ` (${expect})`}`);
  running.push(now);
  timer ??= setInterval(showProgress, isTerminal ? 100 : 20_000);
  try {
    return await work((detail) => {
      now.detail = stripVTControlCharacters(detail).trim();
    });
  } finally {
    out.write(startOfLine);
    running.splice(running.indexOf(now), 1);
    if (running.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }
}

/** Like `live`, with a final line with the result and the time. @type {typeof live} */
export const step = async (title, work, options) => {
  const since = performance.now();
  const took = () => paint.dim(`(${duration(performance.now() - since)})`);
  try {
    const result = await live(title, work, options);
    sayDone(`${title} ${took()}`);
    return result;
  } catch (error) {
    say(`${paint.red("✘")} ${title} ${took()}`);
    throw error;
  }
};
