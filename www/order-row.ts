// A row in the table of open orders.
import { make, setText } from "./dom.ts";
import { age, amount, placedAt } from "./formats.ts";
import { t } from "./language.ts";
import { filledShare, nameOf, priceOf, remainingOf, sideOf } from "./order-facts.ts";
import { type Outcome, wasPartlyFilled } from "./outcomes.ts";
import type { Order } from "./upbit-cancel-order.js";

/** `gone`: no longer in the list for an unknown reason. */
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

/** Whether the order has ended. An accepted order may still be listed. */
export function isEnded(status: Status): boolean {
  return status === "gone" || status === "canceled" || status === "filled";
}

const CELLS = ["side", "price", "remaining", "filled", "age", "state"];

/** Cloned for each order, because thousands of rows are created at once. */
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

/** Updates a row in the current language. */
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
  // Set by script, because the Content-Security-Policy forbids style attributes.
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
