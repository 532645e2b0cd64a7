// The bar that shows a run: how far it is, how long it will take, and Stop.
import { byId } from "./dom.ts";
import { counted, duration, inRegion } from "./words.ts";

/** @typedef {import("./upbit-cancel-order.js").Progress} Progress */

/** A rate measured over less than this says little. */
const MEASURED_MS = 700;

const panel = byId("activity", HTMLElement);
const title = byId("activity-title", HTMLParagraphElement);
const counts = byId("activity-counts", HTMLParagraphElement);
const bar = byId("progress", HTMLProgressElement);
const stop = byId("stop", HTMLButtonElement);

export class Activity {
  #since = 0;
  #total = 0;

  /** @param {() => void} onStop */
  constructor(onStop) {
    stop.addEventListener("click", () => {
      stop.disabled = true;
      title.textContent = "Stopping …";
      onStop();
    });
  }

  /**
   * @param {number} total
   * @param {import("./account.ts").Sender} sender
   */
  start(total, sender) {
    this.#since = performance.now();
    this.#total = total;
    title.textContent = `Canceling ${counted(total, "order")} ${inRegion(sender)}`;
    counts.textContent = "Sending …";
    bar.max = total;
    bar.value = 0;
    stop.hidden = stop.disabled = false;
    panel.hidden = false;
    panel.dataset.state = "running";
  }

  focusStop() {
    stop.focus();
  }

  /** @param {Progress} progress */
  update({ done, total, canceled, failed }) {
    bar.value = done;
    const parts = [
      `${done} of ${total}`,
      `${canceled} canceled`,
      failed > 0 ? `${failed} failed` : null,
      this.#left(done),
    ];
    counts.textContent = parts.filter((part) => part !== null).join(" · ");
  }

  /**
   * @param {string} summary
   * @param {string} where
   */
  finish(summary, where) {
    // A button that vanishes must not take the focus with it.
    if (document.activeElement === stop) byId("results-heading", HTMLHeadingElement).focus();
    stop.hidden = true;
    title.textContent = summary;
    counts.textContent = where;
    bar.value = this.#total;
    panel.dataset.state = "done";
  }

  /** @param {number} done */
  #left(done) {
    const passed = performance.now() - this.#since;
    if (done === 0 || done === this.#total || passed < MEASURED_MS) return null;
    return `about ${duration((passed / done) * (this.#total - done))} left`;
  }
}
