// All results of this tab: a row per order, the latest run on top.
import { orderName } from "../js/order-lines.ts";
import { placeWords } from "./account.ts";
import { byId, make, makeFacts, markIfMany, setText } from "./dom.ts";
import { toCsv, toJson } from "./export-results.ts";
import { amount, clock } from "./formats.ts";
import { onLanguage, t } from "./language.ts";
import { describe, fieldsOf } from "./order-facts.ts";
import { type Entry, type Group, groupOf, wasPartlyFilled } from "./outcomes.ts";
import type { Run } from "./runner.ts";
import type { OrderSummary } from "./upbit-cancel-order.js";

interface Kept {
  entry: Entry;
  row: HTMLTableRowElement;
  /** The previous result of the same order. */
  earlier: Entry | null;
}

const table = byId("results", HTMLTableElement);
const scroll = byId("results-scroll", HTMLDivElement);
const copied = byId("copied", HTMLParagraphElement);
const GROUPS: readonly Group[] = ["unknown", "not_canceled", "canceled"];

export class Results {
  /** By account and order. */
  readonly #kept = new Map<string, Kept>();
  readonly #byRow = new WeakMap<Element, Kept>();
  /** The table bodies of the current run; unknown outcomes come first. */
  #bodies = new Map<Group, HTMLTableSectionElement>();

  constructor() {
    for (const radio of document.querySelectorAll("input[name=filter]")) {
      radio.addEventListener("change", () => this.#show());
    }
    byId("clear-results", HTMLButtonElement).addEventListener("click", () => this.#clear());
    this.#offerCopy("copy-csv", "CSV", toCsv);
    this.#offerCopy("copy-json", "JSON", toJson);
    onLanguage(() => {
      for (const kept of this.#kept.values()) this.#fill(kept);
      setText(copied, "");
    });
  }

  /** Orders with an unknown outcome. */
  get unknown(): Entry[] {
    return this.#all.map(({ entry }) => entry).filter(({ outcome }) => outcome === "unknown");
  }

  started({ kind }: Run): void {
    if (kind === "check" && this.#bodies.size > 0) return;
    this.#bodies = new Map(GROUPS.map((group) => [group, make("tbody", { role: "rowgroup" })]));
    table.tHead?.after(...this.#bodies.values());
  }

  progressed(_run: Run, ended: readonly Entry[]): void {
    const fragments = new Map(GROUPS.map((group) => [group, document.createDocumentFragment()]));
    for (const entry of ended) fragments.get(groupOf(entry.outcome))?.append(this.#add(entry));
    for (const [group, fragment] of fragments) this.#bodies.get(group)?.append(fragment);
    this.#show();
  }

  get #all(): Kept[] {
    return [...this.#kept.values()];
  }

  #add(entry: Entry): HTMLTableRowElement {
    const key = `${entry.place.region} ${entry.place.keyEnding} ${orderName(entry.request)}`;
    const before = this.#kept.get(key);
    before?.row.remove();
    const kept = { entry, row: make("tr", { role: "row" }), earlier: before?.entry ?? null };
    this.#kept.set(key, kept);
    this.#byRow.set(kept.row, kept);
    this.#fill(kept);
    return kept.row;
  }

  #fill({ entry, row, earlier }: Kept): void {
    row.dataset.outcome = entry.outcome;
    row.dataset.group = groupOf(entry.outcome);
    row.replaceChildren(orderCell(entry), outcomeCell(entry, earlier), timeCell(entry));
  }

  #show(): void {
    const filter = chosenFilter();
    const counts = { all: this.#kept.size, canceled: 0, not_canceled: 0, unknown: 0 };
    for (const { entry } of this.#kept.values()) counts[groupOf(entry.outcome)] += 1;
    for (const [name, count] of Object.entries(counts))
      setText(byId(`count-${name}`, HTMLElement), String(count));
    table.dataset.filter = filter;
    markIfMany(table, counts.all);
    const empty = counts.all === 0;
    scroll.hidden = counts[filter] === 0;
    byId("results-tools", HTMLDivElement).hidden = empty;
    byId("results-empty", HTMLParagraphElement).hidden = !empty;
    byId("results-none", HTMLParagraphElement).hidden = empty || !scroll.hidden;
    byId("check-again", HTMLButtonElement).hidden = counts.unknown === 0;
    setText(byId("check-again", HTMLButtonElement), t.checkAll(counts.unknown));
  }

  #clear(): void {
    this.#kept.clear();
    for (const body of [...table.tBodies]) body.remove();
    this.#bodies.clear();
    this.#show();
    byId("results-heading", HTMLHeadingElement).focus();
  }

  #offerCopy(id: string, format: string, write: (entries: Entry[]) => string): void {
    byId(id, HTMLButtonElement).addEventListener("click", async () => {
      const filter = chosenFilter();
      const kept = [...table.querySelectorAll("tbody tr")].map((row) => this.#byRow.get(row)?.entry);
      const entries = kept.filter((entry) => entry !== undefined);
      const shown = entries.filter(({ outcome }) => filter === "all" || groupOf(outcome) === filter);
      try {
        await navigator.clipboard.writeText(write(shown));
        setText(copied, t.copied(shown.length, format));
      } catch {
        setText(copied, t.copyRefused);
      }
    });
  }
}

function chosenFilter(): Group | "all" {
  const chosen = document.querySelector("input[name=filter]:checked");
  return (chosen?.getAttribute("value") ?? "all") as Group | "all";
}

function orderCell({ request, order }: Entry): HTMLElement {
  const { uuid, identifier } = request;
  return make(
    "th",
    { role: "rowheader", scope: "row" },
    uuid === undefined ? make("span", { class: "note" }, "identifier ") : null,
    make("code", {}, uuid ?? String(identifier)),
    order === null ? null : make("span", { class: "about" }, describe(order)),
  );
}

function outcomeCell(entry: Entry, earlier: Entry | null): HTMLElement {
  const before = earlier && entry.canceledBefore === null && t.earlier(stateOf(earlier), clock(earlier.at));
  return make(
    "td",
    { role: "cell" },
    make("span", { class: "badge" }, t.states[entry.outcome]),
    make("p", { class: "meaning" }, meaningOf(entry)),
    entry.order === null ? null : orderDetails(entry.order),
    before === null || before === false ? null : make("p", { class: "note" }, before),
  );
}

function stateOf({ outcome, canceledBefore }: Entry): string {
  return canceledBefore === null ? t.states[outcome] : t.alreadyCanceled(clock(canceledBefore));
}

/** The reason or the meaning of an outcome. The advice is shown once above the table. */
function meaningOf({ outcome, reason, order, canceledBefore }: Entry): string {
  if (canceledBefore !== null) return `${t.alreadyCanceled(clock(canceledBefore))}.`;
  if (reason !== null) return t.reasons[reason][0];
  const meaning = t.meanings[outcome as keyof typeof t.meanings];
  const isPart = outcome === "canceled" && wasPartlyFilled(order);
  return isPart ? `${t.partlyFilled(amount(order.executed_volume))}. ${meaning}` : meaning;
}

/** Filled when opened, because a thousand rows have twenty fields each. */
function orderDetails(order: OrderSummary): HTMLDetailsElement {
  const details = make("details", {}, make("summary", {}, t.page.allFields));
  const fill = () => details.append(makeFacts(fieldsOf(order), "order-facts"));
  details.addEventListener("toggle", fill, { once: true });
  return details;
}

function timeCell({ at, place }: Entry): HTMLElement {
  return make(
    "td",
    { role: "cell", class: "when" },
    make("time", { datetime: at.toISOString() }, clock(at)),
    make("span", { class: "place" }, placeWords(place)),
  );
}
