// Canceling by id: one order at once, or many orders, one per line.
import { distinctOrders, isUuid, readOrderLines } from "../js/order-lines.ts";
import { type Account, placeWords, type Sender } from "./account.ts";
import { makeAlert } from "./activity.ts";
import { askToCancel } from "./confirm-dialog.ts";
import { byId, make, setText } from "./dom.ts";
import { onLanguage, t } from "./language.ts";
import { attachPreview } from "./request-preview.ts";
import type { Runner } from "./runner.ts";
import type { OrderRef } from "./upbit-cancel-order.js";

const toggle = byId("by-id", HTMLButtonElement);
const uuid = byId("uuid", HTMLInputElement);
const identifier = byId("identifier", HTMLInputElement);
const lines = byId("orders", HTMLTextAreaElement);
const oneProblem = byId("one-problem", HTMLDivElement);
const manyProblem = byId("many-problem", HTMLDivElement);

/** The number of invalid lines that are listed. */
const MOST_PROBLEMS = 8;
const LONGEST_LINE = 40;

export class ById {
  readonly #account: Account;
  readonly #runner: Runner;
  readonly #updatePreview: () => void;

  constructor(account: Account, runner: Runner) {
    this.#account = account;
    this.#runner = runner;
    const read = () => ({ sender: account.sender, orders: readOne() });
    this.#updatePreview = attachPreview(byId("one-preview", HTMLDetailsElement), read);
    toggle.addEventListener("click", () => this.open(toggle.ariaExpanded !== "true"));
    for (const field of [uuid, identifier]) {
      field.addEventListener("input", () => {
        showProblem(oneProblem, field, null);
        uuid.removeAttribute("aria-invalid");
        this.update();
      });
    }
    lines.addEventListener("input", () => {
      showProblem(manyProblem, lines, null);
      this.update();
    });
    byId("one-order", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      if (!runner.busy) void this.#cancelOne();
    });
    byId("cancel-many", HTMLButtonElement).addEventListener("click", () => {
      if (!runner.busy) void this.#cancelMany();
    });
    onLanguage(() => this.update());
  }

  open(open: boolean): void {
    toggle.ariaExpanded = String(open);
    byId("by-id-body", HTMLDivElement).hidden = !open;
  }

  /** Called when the account, the fields or the language have changed. */
  update(): void {
    const { sender } = this.#account;
    byId("both-note", HTMLParagraphElement).hidden = uuid.value === "" || identifier.value === "";
    const one = sender !== null && readOne().length > 0 ? t.intentOne(placeWords(sender.place)) : "";
    setText(byId("one-intent", HTMLParagraphElement), one);
    showLines(sender);
    this.#updatePreview();
  }

  async #cancelOne(): Promise<void> {
    const sender = this.#account.demandSender();
    if (sender === null) return;
    const orders = readOne();
    if (orders.length === 0) return showProblem(oneProblem, uuid, t.nameNothing);
    if (orders[0]?.uuid !== undefined && !isUuid(orders[0].uuid)) {
      uuid.setAttribute("aria-invalid", "true");
      uuid.focus();
      return oneProblem.replaceChildren(makeAlert("not_a_uuid"));
    }
    await this.#runner.cancel(orders, sender);
  }

  async #cancelMany(): Promise<void> {
    const sender = this.#account.demandSender();
    if (sender === null) return;
    const { orders, leftOut } = readMany();
    if (orders.length === 0) return showProblem(manyProblem, lines, t.listNothing);
    const asked = orders.map((ref) => ({ ref, order: this.#runner.find(ref) }));
    if (await askToCancel(asked, sender, leftOut)) await this.#runner.cancel(orders, sender);
  }
}

/** @returns no order or one; the UUID takes precedence */
function readOne(): OrderRef[] {
  const trimmed = uuid.value.trim();
  if (trimmed !== "") return [{ uuid: trimmed }];
  return identifier.value === "" ? [] : [{ identifier: identifier.value }];
}

function readMany() {
  const { entries, bad } = readOrderLines(lines.value);
  const orders = distinctOrders(entries.map(({ order }) => order));
  const repeated = entries.length - orders.length;
  const leftOut = [
    repeated > 0 ? t.repeatedLines(repeated) : "",
    bad.length > 0 ? t.badLines(bad.length) : "",
  ];
  return { orders, bad, leftOut: leftOut.filter((part) => part !== "") };
}

function showLines(sender: Sender | null): void {
  const { orders, bad, leftOut } = readMany();
  const isEmpty = orders.length + bad.length === 0;
  const count = isEmpty ? "" : [t.orderCount(orders.length), ...leftOut].join(" · ");
  setText(byId("orders-count", HTMLParagraphElement), count);
  const ready = sender !== null && orders.length > 0;
  const intent = ready ? t.intentMany(orders.length, placeWords(sender.place)) : "";
  setText(byId("many-intent", HTMLParagraphElement), intent);
  const items = bad.slice(0, MOST_PROBLEMS).map(({ line, text, reason }) => {
    const shortened = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE - 1)}…` : text;
    return make("li", {}, `${t.badLine(line)} `, make("code", {}, shortened), `: ${t.lines[reason]}`);
  });
  const more = bad.length - items.length;
  const list = byId("orders-problems", HTMLUListElement);
  list.replaceChildren(...items, ...(more > 0 ? [make("li", {}, t.more(more))] : []));
  list.hidden = bad.length === 0;
  lines.setAttribute("aria-invalid", String(bad.length > 0));
}

/** @param problem null removes the message */
function showProblem(place: HTMLElement, field: HTMLElement, problem: string | null): void {
  place.replaceChildren(
    ...(problem === null ? [] : [make("div", { class: "alert", role: "alert" }, problem)]),
  );
  if (problem !== null) field.focus();
}
