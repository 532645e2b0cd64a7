// All results of this tab: a row per order, the latest run on top.
import { byId, make } from "./dom.ts";
import { outcomeOf } from "./outcome-words.ts";
import { orderName } from "./order-lines.ts";
import { makeRow } from "./result-row.ts";

/** @typedef {import("./upbit-cancel-order.js").CancelResult} CancelResult */
/** A sender without the keys, because results are kept. */
/** @typedef {Pick<import("./account.ts").Sender, "region" | "keyEnding">} Place */
/** @typedef {import("./outcome-words.ts").Outcome} Outcome */

/**
 * @typedef {object} Entry
 * @property {CancelResult} result
 * @property {Place} place
 * @property {Date} at when it ended
 * @property {Entry | null} earlier what became of the same order before
 */

/** @typedef {{ add: (result: CancelResult) => void, finish: (results: CancelResult[]) => void }} Run */

const table = byId("results", HTMLTableElement);

export class Results {
  /** @type {Map<string, { entry: Entry, row: HTMLTableRowElement }>} by region and order */
  #latest = new Map();

  constructor() {
    for (const radio of document.querySelectorAll("input[name=filter]")) {
      radio.addEventListener("change", () => this.#show());
    }
    byId("clear-results", HTMLButtonElement).addEventListener("click", () => this.#clear());
  }

  /** @returns {Entry[]} those that the filter shows, as they stand in the table */
  get shown() {
    const byRow = new Map([...this.#latest.values()].map(({ entry, row }) => [row, entry]));
    const entries = [...table.querySelectorAll("tbody tr")].map((row) => byRow.get(/** @type {any} */ (row)));
    const filter = chosenFilter();
    return entries
      .filter((entry) => entry !== undefined)
      .filter(({ result }) => filter === "all" || outcomeOf(result) === filter);
  }

  /**
   * @param {Place} place
   * @returns {Run}
   */
  startRun({ region, keyEnding }) {
    const place = { region, keyEnding };
    const body = make("tbody", { role: "rowgroup" });
    table.tHead?.after(body);
    return {
      add: (result) => {
        body.append(this.#add(result, place));
        this.#show();
      },
      // They ended in any order, and are wanted in the one in which they were listed.
      finish: (results) => {
        body.append(...results.map(({ request }) => this.#latest.get(keyOf(place, request))?.row ?? ""));
      },
    };
  }

  /**
   * @param {CancelResult} result
   * @param {Place} place
   */
  #add(result, place) {
    const key = keyOf(place, result.request);
    const before = this.#latest.get(key);
    before?.row.remove();
    const entry = { result, place, at: new Date(), earlier: before?.entry ?? null };
    const row = makeRow(entry);
    this.#latest.set(key, { entry, row });
    return row;
  }

  #show() {
    const outcomes = [...this.#latest.values()].map(({ entry }) => outcomeOf(entry.result));
    const count = (/** @type {string} */ filter) =>
      filter === "all" ? outcomes.length : outcomes.filter((outcome) => outcome === filter).length;
    for (const filter of ["all", "canceled", "not_canceled", "unknown"]) {
      byId(`count-${filter}`, HTMLElement).textContent = String(count(filter));
    }
    const filter = chosenFilter();
    table.dataset.filter = filter;
    const empty = outcomes.length === 0;
    table.hidden = count(filter) === 0;
    byId("results-tools", HTMLDivElement).hidden = empty;
    byId("results-empty", HTMLParagraphElement).hidden = !empty;
    byId("results-none", HTMLParagraphElement).hidden = empty || !table.hidden;
  }

  #clear() {
    this.#latest.clear();
    for (const body of [...table.tBodies]) body.remove();
    this.#show();
    byId("results-heading", HTMLHeadingElement).focus();
  }
}

function chosenFilter() {
  return document.querySelector("input[name=filter]:checked")?.getAttribute("value") ?? "all";
}

/**
 * @param {Place} place
 * @param {import("./upbit-cancel-order.js").OrderRef} order
 */
function keyOf({ region, keyEnding }, order) {
  return `${region.value} ${keyEnding} ${orderName(order)}`;
}
