// One row of the table of open orders: what it shows of its order, and of what has been done with it.
import { make, setText } from "./dom.ts";
import { age, amount, placedAt } from "./formats.ts";
import { t } from "./language.ts";
import { filledShare, nameOf, priceOf, remainingOf, sideOf } from "./order-facts.ts";
import { type Outcome, wasPartlyFilled } from "./outcomes.ts";
import type { Order } from "./upbit-cancel-order.js";

/** `gone`: no longer on the list, and this tab has not seen why. */
export type Status = "open" | "sending" | "gone" | Outcome;

export interface Row {
  order: Order;
  status: Status;
  element: HTMLTableRowElement;
  box: HTMLInputElement;
}

export function isOpen({ status }: Row): boolean {
  return status === "open" || status === "still_open" || status === "not_canceled" || status === "not_sent";
}

/** Nothing more is to be expected. An order that was accepted may still be listed. */
export function isEnded(status: Status): boolean {
  return status === "gone" || status === "canceled" || status === "filled";
}

const CELLS = ["side", "price", "remaining", "filled", "age", "state"];

/** Cloned for each order: thousands of rows are made at once. */
const template = make(
  "tr",
  { role: "row" },
  make("td", { role: "cell", class: "pick" }, make("input", { type: "checkbox" })),
  make("th", { role: "rowheader", scope: "row", class: "market" }),
  ...CELLS.map((name) => make("td", { role: "cell", class: name })),
);

export function makeRow(order: Order): Row {
  const element = template.cloneNode(true) as HTMLTableRowElement;
  const box = element.querySelector("input") as HTMLInputElement;
  const row: Row = { order, status: "open", element, box };
  element.dataset.uuid = order.uuid;
  showRow(row);
  return row;
}

/** Shows what a row holds now, in the language that is chosen. */
export function showRow(row: Row): void {
  const { order, status, element, box } = row;
  const texts = [
    order.market,
    sideOf(order),
    priceOf(order),
    remainingOf(order),
    wasPartlyFilled(order) ? amount(order.executed_volume) : "0",
    age(Date.now() - placedAt(order.created_at).getTime()),
    stateOf(row),
  ];
  texts.forEach((text, index) => {
    setText(element.cells[index + 1] as HTMLElement, text);
  });
  element.dataset.side = order.side;
  element.dataset.status = status;
  element.classList.toggle("over", isEnded(status) || status === "accepted");
  // By script and not as an attribute, which the page's policy would refuse.
  if (filledShare(order) > 0) element.style.setProperty("--filled", String(filledShare(order)));
  box.disabled = !isOpen(row);
  box.setAttribute("aria-label", nameOf(order));
}

function stateOf({ order, status }: Row): string {
  if (status === "open") return order.state === "watch" ? t.states.watch : t.states.open;
  if (status === "accepted") return t.acceptedState;
  const part = status === "canceled" && wasPartlyFilled(order) ? amount(order.executed_volume) : null;
  return t.states[status] + (part === null ? "" : ` (${t.partlyFilled(part)})`);
}
