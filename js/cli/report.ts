import { ProgressBar } from "./progress-bar.ts";
import { jsonLine } from "./report-json.ts";
import { lineReporter } from "./report-lines.ts";
import { Tally } from "./tally.ts";
import { toldResult } from "./told-result.ts";
import { inTurn } from "./turns.ts";

/** @typedef {import("upbit-cancel-order").OrderRef} OrderRef */
/** @typedef {import("upbit-cancel-order").Progress} Progress */
/** @typedef {import("./output.ts").Output} Output */

/** What the user sees of a run: a line for each order, and a bar meanwhile. */
export class Report {
  #tally = new Tally();
  #json;
  #output;
  #take;
  /** @type {ProgressBar | null} */
  #bar;

  /**
   * @param {OrderRef[]} orders
   * @param {boolean} json
   * @param {Output} output
   */
  constructor(orders, json, output) {
    const toLine = json ? jsonLine : lineReporter(output.hasColors);
    this.#json = json;
    this.#output = output;
    this.#bar = orders.length > 1 && output.screen ? new ProgressBar(output.screen) : null;
    this.#take = inTurn(orders, (/** @type {import("./told-result.ts").ToldResult} */ result) => {
      this.#tally.add(result);
      output.result(toLine(result));
    });
  }

  /** @param {Progress} progress */
  progress(progress) {
    this.#bar?.erase();
    this.#take(toldResult(progress.last));
    this.#bar?.draw(progress);
  }

  /** @param {string} why there will be no more progress worth a bar */
  stopping(why) {
    this.#dropBar();
    this.#output.note(why);
  }

  /** @returns {Promise<boolean>} whether all orders were canceled */
  async end() {
    this.#dropBar();
    await this.#output.written;
    const { total, allCanceled, lines } = this.#tally;
    if (!this.#json && (total > 1 || !allCanceled)) this.#output.note(lines.join("\n"));
    return allCanceled;
  }

  #dropBar() {
    this.#bar?.erase();
    this.#bar = null;
  }
}
