// Tells what is being done and that it is alive: one line, redrawn, on a terminal; plain lines elsewhere.
import { stripVTControlCharacters } from "node:util";

const out = process.stdout;
const isTerminal = out.isTTY && process.env.TERM !== "dumb";
const isColored = isTerminal && !process.env.NO_COLOR;
const redrawMs = 100;
const aliveMs = 20_000;

/** @param {number} code */
const sgr = (code) => (/** @type {string} */ text) => (isColored ? `\x1b[${code}m${text}\x1b[0m` : text);
export const paint = { green: sgr(32), red: sgr(31), dim: sgr(2) };

/** @typedef {{ title: string, expect: string, detail: string, since: number, toldAt: number }} Running */
/** What is under way, outermost first: only the innermost is drawn. @type {Running[]} */
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
export function say(line) {
  out.write(isTerminal && running.length > 0 ? `\r\x1b[2K${line}\n` : `${line}\n`);
}

/** @param {string} text */
export const sayDone = (text) => say(`${paint.green("✔")} ${text}`);

/**
 * Shows that `work` is under way until it ends, and leaves no line behind on a terminal.
 * @template T
 * @param {string} title
 * @param {(tell: (detail: string) => void) => T | Promise<T>} work `tell` says what it is at just now
 * @param {{ expect?: string }} [options] how long it may take
 * @returns {Promise<T>}
 */
export async function live(title, work, { expect = "" } = {}) {
  const now = performance.now();
  const step = { title, expect, detail: "", since: now, toldAt: now };
  if (!isTerminal) say(`… ${title}${expect && ` (${expect})`}`);
  running.push(step);
  timer ??= setInterval(isTerminal ? draw : tellAlive, isTerminal ? redrawMs : 1000);
  try {
    return await work((detail) => {
      step.detail = stripVTControlCharacters(detail).trim();
    });
  } finally {
    if (isTerminal) out.write("\r\x1b[2K");
    running.splice(running.indexOf(step), 1);
    if (running.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }
}

/**
 * The same, with a closing line that says how it ended and how long it took.
 * @template T
 * @param {string} title
 * @param {(tell: (detail: string) => void) => T | Promise<T>} work
 * @param {{ expect?: string }} [options]
 * @returns {Promise<T>}
 */
export async function step(title, work, options) {
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
}

function draw() {
  const step = running.at(-1);
  if (!step) return;
  const ms = performance.now() - step.since;
  const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"[Math.floor(ms / redrawMs) % 10];
  const facts = [step.expect, duration(Math.floor(ms / 1000) * 1000).replace(".0", ""), step.detail];
  const line = `${spinner} ${step.title} … ${facts.filter(Boolean).join(" · ")}`;
  out.write(`\r\x1b[2K${line.slice(0, (out.columns || 80) - 1)}`);
}

function tellAlive() {
  const step = running.at(-1);
  const now = performance.now();
  if (!step || now - step.toldAt < aliveMs) return;
  step.toldAt = now;
  const detail = step.detail && `, ${step.detail}`;
  out.write(`  … ${step.title}: ${duration(now - step.since)} so far${detail}\n`);
}
