// One row of the results.
import { make, makeFacts } from "./dom.ts";
import { explainError } from "./outcome-panel.ts";
import { describeOrder, fieldsOf } from "./order-fields.ts";
import { meaningOf, outcomeOf, TITLES } from "./outcome-words.ts";

/** @typedef {import("./results.ts").Entry} Entry */

/**
 * @param {Entry} entry
 * @returns {HTMLTableRowElement}
 */
export function makeRow(entry) {
  const outcome = outcomeOf(entry.result);
  return make(
    "tr",
    { role: "row", "data-outcome": outcome },
    orderCell(entry),
    outcomeCell(entry),
    timeCell(entry),
  );
}

/** @param {Entry} entry */
function orderCell({ result }) {
  const { uuid, identifier } = result.request;
  const name = make("code", {}, uuid ?? String(identifier));
  const kind = uuid === undefined ? make("span", { class: "note" }, "identifier ") : null;
  const about = result.ok ? make("span", { class: "about" }, describeOrder(result.order)) : null;
  return make("th", { role: "rowheader", scope: "row" }, kind, name, about);
}

/** @param {Entry} entry */
function outcomeCell({ result, earlier }) {
  const outcome = outcomeOf(result);
  const before =
    earlier && `Earlier in this tab: ${TITLES[outcomeOf(earlier.result)]}, ${clock(earlier.at)}.`;
  return make(
    "td",
    { role: "cell" },
    make("span", { class: "badge" }, TITLES[outcome]),
    make("p", { class: "meaning" }, meaningOf(result)),
    ...(result.ok ? [orderDetails(result.order)] : explainError(result.error)),
    before && make("p", { class: "note" }, before),
  );
}

/**
 * Filled when it is opened: a thousand rows have twenty fields each.
 * @param {import("./upbit-cancel-order.js").CanceledOrder} order
 */
function orderDetails(order) {
  const details = make("details", {}, make("summary", {}, "All fields"));
  const fill = () => {
    const list = make("dl", { class: "facts order-facts" });
    list.append(...makeFacts(fieldsOf(order)));
    details.append(list);
  };
  details.addEventListener("toggle", fill, { once: true });
  return details;
}

/** @param {Entry} entry */
function timeCell({ at, place }) {
  const where = `${place.region.name}, key …${place.keyEnding}`;
  return make(
    "td",
    { role: "cell", class: "when" },
    make("time", { datetime: at.toISOString() }, clock(at)),
    make("span", {}, where),
  );
}

/** @param {Date} date */
function clock(date) {
  return date.toLocaleTimeString();
}
