// A clock that runs faster than the world's, for programs that test what happens in hours. It replaces the clock and
// the timers of the process, so it has to be imported first, and only in its own program.

/** So many seconds pass in one. */
const FACTOR = 200;

const { setTimeout: realSetTimeout } = globalThis;
const realNow = performance.now.bind(performance);
const epoch = Date.now();
const start = realNow();

performance.now = () => (realNow() - start) * FACTOR;
Date.now = () => epoch + performance.now();
globalThis.setTimeout = /** @type {any} */ (
  (/** @type {() => void} */ callback, /** @type {number} */ ms, /** @type {unknown[]} */ ...args) =>
    realSetTimeout(callback, ms / FACTOR, ...args)
);
