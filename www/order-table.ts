// The table of open orders: rows, filter and selection.
import { byId, inSlices, make, markIfMany, setText } from "./dom.ts";
import { onLanguage, t } from "./language.ts";
import { isEnded, isOpen, makeRow, type Row, type Status, showRow } from "./order-row.ts";
import type { Entry } from "./outcomes.ts";
import type { Order } from "./upbit-cancel-order.js";

const body = byId("orders-body", HTMLTableSectionElement);
const all = byId("select-all", HTMLInputElement);
const market = byId("market", HTMLSelectElement);
const side = byId("side", HTMLSelectElement);

export class OrderTable {
  readonly #rows = new Map<string, Row>();
  readonly #byElement = new WeakMap<Element, Row>();
  /** Called when rows, filter or selection have changed. */
  onChange: () => void = () => {};
  /** Called when Enter is pressed in the list. */
  onEnter: () => void = () => {};
  /** Incremented by `clear`, to stop showing an old list. */
  #generation = 0;

  constructor() {
    body.addEventListener("change", () => this.#changed());
    body.addEventListener("click", (event) => this.#toggle(event));
    body.addEventListener("keydown", (event) => this.#moveOrEnter(event));
    all.addEventListener("change", () => this.#selectAll(all.checked));
    for (const select of [market, side]) select.addEventListener("change", () => this.#filter());
    onLanguage(() => {
      void inSlices(this.#all, (slice) => slice.forEach(showRow));
      this.#showMarkets();
      this.#changed();
    });
  }

  get selected(): Order[] {
    return this.#all.filter(({ box }) => box.checked).map(({ order }) => order);
  }

  /** Orders that were open in the last list. */
  get open(): Order[] {
    return this.#all.filter(isOpen).map(({ order }) => order);
  }

  get counts(): { rows: number; open: number; shown: number; ended: number } {
    const rows = this.#all;
    const open = rows.filter((row) => isOpen(row) || row.status === "sending").length;
    const ended = rows.filter(({ status }) => isEnded(status)).length;
    return { rows: rows.length, open, shown: rows.filter(({ element }) => !element.hidden).length, ended };
  }

  find(uuid: string): Order | undefined {
    return this.#rows.get(uuid.toLowerCase())?.order;
  }

  /** Updates the rows from a new list. Keeps the selection, and marks orders that are no longer listed as gone. */
  async show(orders: Order[]): Promise<void> {
    const generation = this.#generation;
    const listed = new Set(orders.map(({ uuid }) => uuid.toLowerCase()));
    const first = body.rows[0] ?? null;
    const stays = () => generation === this.#generation;
    await inSlices(orders, (slice) => {
      if (!stays()) return;
      const made = slice.map((order) => this.#addOrUpdate(order)).filter((element) => element !== null);
      body.insertBefore(fragmentOf(made), first);
    });
    await inSlices(this.#all, (slice) => {
      if (!stays()) return;
      for (const row of slice) {
        if (!listed.has(row.order.uuid.toLowerCase()) && !isEnded(row.status)) this.#set(row, "gone");
      }
    });
    if (!stays()) return;
    this.#showMarkets();
    this.#changed();
  }

  /** Called at the start of a run. */
  async markSending(uuids: string[]): Promise<void> {
    await inSlices(uuids, (slice) => {
      for (const uuid of slice) this.#setByUuid(uuid, "sending");
    });
    this.#changed();
  }

  /** Called when a run has finished these orders. */
  markEnded(entries: readonly Entry[]): void {
    for (const { request, outcome, order } of entries) {
      const uuid = request.uuid ?? order?.uuid;
      if (uuid !== undefined) this.#setByUuid(uuid, outcome, order);
    }
    this.#changed();
  }

  showEveryOrder(): void {
    market.value = side.value = "all";
    this.#filter();
  }

  removeEnded(): void {
    for (const [uuid, { status, element }] of [...this.#rows]) {
      if (!isEnded(status)) continue;
      element.remove();
      this.#rows.delete(uuid);
    }
    this.#showMarkets();
    this.#changed();
  }

  clear(): void {
    this.#generation += 1;
    this.#rows.clear();
    body.replaceChildren();
    this.#showMarkets();
    this.#changed();
  }

  get #all(): Row[] {
    return [...this.#rows.values()];
  }

  /** @returns the element of a new row, or null if the row exists */
  #addOrUpdate(order: Order): HTMLTableRowElement | null {
    const key = order.uuid.toLowerCase();
    const known = this.#rows.get(key);
    if (known !== undefined) {
      // A list can be older than a lookup.
      if (known.status === "canceled" || known.status === "filled") return null;
      known.order = order;
      this.#set(known, isOpen(known) ? known.status : "still_open");
      return null;
    }
    const row = makeRow(order);
    row.element.hidden = !matchesFilter(order);
    this.#rows.set(key, row);
    this.#byElement.set(row.element, row);
    return row.element;
  }

  #setByUuid(uuid: string, status: Status, order?: Partial<Order> | null): void {
    const row = this.#rows.get(uuid.toLowerCase());
    if (row === undefined) return;
    row.order = { ...row.order, ...order };
    this.#set(row, status);
  }

  #set(row: Row, status: Status): void {
    row.status = status;
    if (!isOpen(row)) row.box.checked = false;
    showRow(row);
  }

  #filter(): void {
    for (const { order, element, box } of this.#rows.values()) {
      const hidden = !matchesFilter(order);
      if (element.hidden !== hidden) element.hidden = hidden;
      // Hidden orders must not be selected.
      if (hidden && box.checked) box.checked = false;
    }
    this.#changed();
  }

  #selectAll(checked: boolean): void {
    for (const { box } of this.#selectable) box.checked = checked;
    this.#changed();
  }

  get #selectable(): Row[] {
    return this.#all.filter((row) => isOpen(row) && !row.element.hidden);
  }

  #changed(): void {
    const rows = this.#selectable;
    const checked = rows.filter(({ box }) => box.checked).length;
    all.checked = checked > 0 && checked === rows.length;
    all.indeterminate = checked > 0 && checked < rows.length;
    all.disabled = rows.length === 0;
    markIfMany(body, this.#rows.size);
    this.onChange();
  }

  /** A click anywhere in a row toggles its checkbox, unless text is selected. */
  #toggle({ target }: Event): void {
    if (!(target instanceof Element) || target instanceof HTMLInputElement) return;
    const row = this.#byElement.get(target.closest("tr") ?? target);
    if (row === undefined || !isOpen(row) || String(getSelection()) !== "") return;
    row.box.checked = !row.box.checked;
    this.#changed();
  }

  #moveOrEnter(event: KeyboardEvent): void {
    const row = this.#byElement.get((event.target as Element).closest("tr") ?? body);
    if (row === undefined) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.onEnter();
      return;
    }
    const rows = this.#selectable.toSorted((a, b) => follows(a.element, b.element));
    const at = rows.indexOf(row);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    rows[next]?.box.focus();
  }

  #showMarkets(): void {
    const names = [...new Set(this.#all.map(({ order }) => order.market))].sort();
    const known = [...market.options].slice(1).map(({ value }) => value);
    if (names.join() !== known.join()) {
      const chosen = market.value;
      const options = names.map((name) => make("option", { value: name }, name));
      market.replaceChildren(...[...market.options].slice(0, 1), ...options);
      market.value = names.includes(chosen) ? chosen : "all";
      if (market.value !== chosen) this.#filter();
    }
    for (const option of side.options) {
      if (option.value !== "all") setText(option, t.sides[option.value as keyof typeof t.sides]);
    }
  }
}

function matchesFilter(order: Order): boolean {
  const isMarket = market.value === "all" || market.value === order.market;
  return isMarket && (side.value === "all" || side.value === order.side);
}

function follows(a: Element, b: Element): number {
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

function fragmentOf(elements: Element[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...elements);
  return fragment;
}
