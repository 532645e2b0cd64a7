// How many requests the account has left, as the exchange told in its last answer. The relay repeats it in
// Server-Timing, where a page can read it of requests that it did not make itself.
import { byId } from "./dom.ts";

/** Upbit's limit for cancellations, per account. */
const PER_SECOND = 30;

export function watchBudget() {
  new PerformanceObserver((list) => {
    const entries = /** @type {PerformanceResourceTiming[]} */ (list.getEntries());
    const timings = entries.flatMap(({ serverTiming }) => serverTiming ?? []);
    const last = timings.findLast(({ name }) => name === "remaining-requests");
    if (last !== undefined) show(Number(last.description));
  }).observe({ type: "resource", buffered: true });
}

/** @param {number} left */
function show(left) {
  byId("budget", HTMLMeterElement).value = Math.min(left, PER_SECOND);
  const at = new Date().toLocaleTimeString();
  byId("budget-words", HTMLSpanElement).textContent = `${left} of ${PER_SECOND} left at ${at}`;
}
