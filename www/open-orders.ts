// The list of open orders: loading, refreshing, messages and selection.
import type { Account, Sender } from "./account.ts";
import { makeAlert } from "./activity.ts";
import { askToCancel, isAsking } from "./confirm-dialog.ts";
import { announce, byId, setText } from "./dom.ts";
import { clock } from "./formats.ts";
import { onLanguage, t } from "./language.ts";
import { holdingsOf, marketsOf } from "./order-facts.ts";
import { OrderTable } from "./order-table.ts";
import { factsOf, type ReasonName, reasonOfList } from "./outcomes.ts";
import type { Run, Runner } from "./runner.ts";
import { type Order, type OrderRef, UpbitClient, UpbitError } from "./upbit-cancel-order.js";

/** Refresh interval while the page is visible and idle. Doubles with each failure in a row. */
const REFRESH_MS = 5000;
/** A long list takes several requests. This interval uses one request per second on average. */
const REFRESH_MS_PER_ORDER = 10;
const LONGEST_REFRESH_MS = 60_000;

const confirm = byId("confirm", HTMLInputElement);
const cancelSelected = byId("cancel-selected", HTMLButtonElement);
const place = byId("list-problem", HTMLDivElement);

/** Why the list could not be loaded. */
interface Problem {
  reason: ReasonName;
  /** In the current language. */
  facts: () => string;
  retryAfterMs: number;
}

export class OpenOrders {
  readonly #account: Account;
  readonly #runner: Runner;
  readonly #onRefused: () => void;
  readonly #table = new OrderTable();
  /** When the current list was requested; null if there is none. */
  #listedAt: Date | null = null;
  #problem: Problem | null = null;
  #failures = 0;
  #isLoading = false;
  #isConfirmChosen = false;
  #stopper = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onRefused called when the key cannot list orders */
  constructor(account: Account, runner: Runner, onRefused: () => void) {
    this.#account = account;
    this.#runner = runner;
    this.#onRefused = onRefused;
    this.#table.onChange = () => this.#show();
    this.#table.onEnter = () => cancelSelected.focus();
    onClick("show-orders", () => void this.#ask());
    onClick("refresh", () => void this.#ask());
    onClick("show-all", () => this.#table.showEveryOrder());
    onClick("remove-ended", () => this.#table.removeEnded());
    onClick("skip-list", () => cancelSelected.focus());
    onClick("cancel-selected", () => void this.#cancel());
    confirm.addEventListener("change", () => {
      this.#isConfirmChosen = true;
    });
    document.addEventListener("visibilitychange", () => this.#plan(0));
    onLanguage(() => this.#show());
  }

  find({ uuid, identifier }: OrderRef): Order | undefined {
    if (uuid !== undefined) return this.#table.find(uuid);
    return this.#table.open.find((order) => order.identifier === identifier);
  }

  /** Clears the list, because the account may have changed. */
  reset(): void {
    this.#stopper.abort();
    clearTimeout(this.#timer);
    this.#listedAt = this.#problem = null;
    this.#failures = 0;
    if (!this.#isConfirmChosen) confirm.checked = false;
    this.#table.clear();
  }

  started(_run: Run, orders: OrderRef[]): Promise<void> {
    // Cancellations go first.
    this.#stopper.abort();
    return this.#table.markSending(orders.flatMap((order) => this.find(order)?.uuid ?? []));
  }

  progressed(_run: Run, ended: Parameters<OrderTable["markEnded"]>[0]): void {
    this.#table.markEnded(ended);
  }

  finished(): void {
    this.#show();
    this.#plan(0);
  }

  async #ask(): Promise<void> {
    if (this.#runner.busy) return;
    const sender = this.#account.demandSender();
    if (sender === null) return;
    await this.#load(sender);
    // On a phone it would be out of sight.
    if (this.#problem !== null) place.scrollIntoView({ block: "nearest" });
    if (this.#problem === null && this.#listedAt !== null) {
      this.#account.fold(true);
      // The button that had the focus is hidden now.
      byId("open-orders-heading", HTMLHeadingElement).focus();
      announce(t.asOf(clock(this.#listedAt), this.#table.counts.open));
    }
  }

  async #load(sender: Sender): Promise<void> {
    this.#stopper.abort();
    this.#stopper = new AbortController();
    const { signal } = this.#stopper;
    this.#isLoading = true;
    this.#show();
    const at = new Date();
    let client: UpbitClient | null = null;
    try {
      client = new UpbitClient(sender.options);
      const orders = await client.listOpenOrders({}, { signal });
      if (signal.aborted) return;
      this.#listedAt = at;
      this.#problem = null;
      this.#failures = 0;
      // A key that can list orders can also look them up.
      if (!this.#isConfirmChosen) confirm.checked = true;
      await this.#table.show(orders);
    } catch (error) {
      // Keep the previous list.
      if (!signal.aborted) this.#fail(problemOf(error));
    } finally {
      client?.close();
      if (this.#stopper.signal === signal) {
        this.#isLoading = false;
        this.#show();
        const usual = Math.max(REFRESH_MS, this.#table.counts.rows * REFRESH_MS_PER_ORDER);
        this.#plan(usual * 2 ** this.#failures);
      }
    }
  }

  #fail(found: Problem): void {
    this.#problem = found;
    this.#failures += 1;
    if (found.reason === "cannot_list") this.#onRefused();
  }

  /** Refreshes after a while if the page is visible and idle. */
  #plan(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#listedAt === null) return;
    const wait = Math.min(Math.max(ms, this.#problem?.retryAfterMs ?? 0), LONGEST_REFRESH_MS);
    this.#timer = setTimeout(() => {
      const { sender } = this.#account;
      const isFree = document.visibilityState === "visible" && !this.#runner.busy && !isAsking();
      if (isFree && sender !== null && !this.#isLoading) void this.#load(sender);
      else this.#plan(REFRESH_MS);
    }, wait);
  }

  async #cancel(): Promise<void> {
    if (this.#runner.busy) return;
    const orders = this.#table.selected;
    const sender = this.#account.demandSender();
    if (sender === null || orders.length === 0) return;
    const asked = orders.map((order) => ({ ref: { uuid: order.uuid }, order }));
    if (await askToCancel(asked, sender)) {
      await this.#runner.cancel(
        asked.map(({ ref }) => ref),
        sender,
      );
    }
  }

  #show(): void {
    const { selected, counts } = this.#table;
    const isListed = this.#listedAt !== null;
    show("list", isListed && counts.rows > 0);
    show("list-tools", isListed);
    show("show-all", counts.rows > 0 && counts.shown === 0);
    show("remove-ended", counts.ended > 0);
    setText(byId("list-empty", HTMLParagraphElement), this.#emptyWords());
    const time = this.#listedAt === null ? "" : clock(this.#listedAt);
    const stale = this.#problem === null ? t.asOf(time, counts.open) : t.stale(time);
    const words = this.#isLoading && !isListed ? t.loading : isListed ? stale : "";
    const asOf = byId("as-of", HTMLParagraphElement);
    asOf.dataset.stale = String(this.#problem !== null);
    setText(asOf, words);
    this.#showProblem();
    setText(cancelSelected, t.cancelSelected(selected.length));
    cancelSelected.setAttribute("aria-disabled", String(selected.length === 0 || this.#runner.busy));
    const facts = `${t.selected(selected.length)} · ${marketsOf(selected, 2)}\n${t.holds(holdingsOf(selected, 2))}`;
    const selection = selected.length === 0 ? t.nothingSelected : facts;
    setText(byId("selection", HTMLParagraphElement), selection);
  }

  #emptyWords(): string {
    const { rows, shown } = this.#table.counts;
    if (this.#listedAt === null) return this.#problem === null && !this.#isLoading ? t.page.notShown : "";
    if (rows === 0) return this.#isLoading ? "" : t.noOpenOrders;
    return shown === 0 ? t.noneMatch : "";
  }

  /** Replaced only if the text changes, so that screen readers do not repeat it. */
  #showProblem(): void {
    const found = this.#problem;
    const alert = found === null ? null : makeAlert(found.reason, { facts: found.facts() });
    if (place.textContent !== (alert?.textContent ?? "")) place.replaceChildren(...(alert ? [alert] : []));
  }
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof UpbitError)) return { reason: "page_failed", facts: () => "", retryAfterMs: 0 };
  return { reason: reasonOfList(error), facts: () => factsOf(error), retryAfterMs: error.retryAfterMs ?? 0 };
}

function onClick(id: string, listener: () => void): void {
  byId(id, HTMLButtonElement).addEventListener("click", listener);
}

function show(id: string, shown: boolean): void {
  byId(id, HTMLElement).hidden = !shown;
}
