// Runs cancellations and checks, one run at a time, with a client per run and one entry per order.

import { distinctOrders, orderName } from "../js/order-lines.ts";
import type { Sender } from "./account.ts";
import { byId } from "./dom.ts";
import {
  type Entry,
  entryOfLookup,
  entryOfResult,
  groupOf,
  type Place,
  type ReasonName,
} from "./outcomes.ts";
import {
  type BatchOptions,
  type CancelResult,
  type Order,
  type OrderRef,
  type OrderSummary,
  UpbitClient,
  UpbitError,
} from "./upbit-cancel-order.js";

export interface Run {
  readonly kind: "cancel" | "check";
  readonly place: Place;
  readonly total: number;
  /** In the order in which they finished. */
  readonly entries: Entry[];
  stopped: boolean;
}

/** Observes runs. */
export interface Watcher {
  started?(run: Run, orders: OrderRef[]): void | Promise<void>;
  progressed?(run: Run, ended: readonly Entry[]): void;
  finished?(run: Run): void;
}

/** More orders than this are canceled by id, 20 per request. */
export const MOST_ONE_BY_ONE = 30;
/** `confirmMs` of cancellations. */
const CONFIRM_MS = 10_000;
/** Entries are shown in groups, because there can be 600 per second. */
const SHOWN_EVERY_MS = 50;
const SHOWN_AT_ONCE = 100;

/** Buttons that are disabled during a run. */
const BUTTONS = ["show-orders", "refresh", "cancel-one", "cancel-many", "check-again"];

export class Runner {
  /** Finds an order in the list of open orders. */
  find: (order: OrderRef) => Order | undefined = () => undefined;
  readonly #watchers: Watcher[] = [];
  /** When this tab canceled an order, by place and name. */
  readonly #canceledAt = new Map<string, Date>();
  #stopper: AbortController | null = null;

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  get busy(): boolean {
    return this.#stopper !== null;
  }

  stop(): void {
    this.#stopper?.abort();
  }

  async cancel(orders: OrderRef[], sender: Sender): Promise<void> {
    const refs = distinctOrders(orders).map(({ uuid, identifier }) =>
      uuid ? { uuid } : { identifier: identifier ?? "" },
    );
    const confirmMs = byId("confirm", HTMLInputElement).checked ? CONFIRM_MS : 0;
    await this.#run("cancel", refs, sender, async (client, signal, report) => {
      const reported = new Set<OrderRef>();
      const reportOnce = (result: CancelResult<OrderSummary>) => {
        if (reported.has(result.request)) return;
        reported.add(result.request);
        report(entryOfResult(result, sender.place, confirmMs > 0));
      };
      const options: BatchOptions<OrderSummary> = {
        signal,
        confirmMs,
        onProgress: ({ last }) => reportOnce(last),
      };
      const results =
        refs.length > MOST_ONE_BY_ONE
          ? await client.cancelByIds(refs, options)
          : await client.cancelOrders(refs, options);
      results.forEach(reportOnce);
    });
  }

  /** Looks up orders with an unknown outcome. */
  async check(unknown: Entry[], sender: Sender): Promise<void> {
    const refs = unknown.map(({ request }) => request);
    await this.#run("check", refs, sender, async (client, signal, report) => {
      const lookUp = async (entry: Entry) => {
        try {
          report(entryOfLookup(entry, await client.getOrder(entry.request, { signal })));
        } catch {
          report({ ...entry, at: new Date() });
        }
      };
      await Promise.all(unknown.map(lookUp));
    });
  }

  async #run(
    kind: Run["kind"],
    orders: OrderRef[],
    { place, options }: Sender,
    work: (client: UpbitClient, signal: AbortSignal, report: (entry: Entry) => void) => Promise<void>,
  ): Promise<void> {
    const stopper = new AbortController();
    const run: Run = { kind, place, total: orders.length, entries: [], stopped: false };
    stopper.signal.addEventListener("abort", () => {
      run.stopped = true;
    });
    const queue = new EntryQueue(run, this.#watchers);
    this.#stopper = stopper;
    setBusy(true);
    await Promise.all(this.#watchers.map((watcher) => watcher.started?.(run, orders)));
    let client: UpbitClient | null = null;
    try {
      client = new UpbitClient(options);
      await work(client, stopper.signal, (entry) => queue.add(this.#complete(entry)));
    } catch (error) {
      const missing = orders.filter((order) => !queue.requests.has(order));
      for (const request of missing) queue.add(failedEntry(request, place, error));
    } finally {
      client?.close();
      await queue.flush();
      this.#stopper = null;
      setBusy(false);
      for (const watcher of this.#watchers) watcher.finished?.(run);
    }
  }

  #complete(entry: Entry): Entry {
    const known = this.find(entry.request);
    const order = known === undefined ? entry.order : { ...known, ...entry.order };
    return this.#withHistory({ ...entry, order });
  }

  /** If this tab has already canceled the order, canceling it again is not a failure. */
  #withHistory(entry: Entry): Entry {
    const { request, place, order, outcome, at } = entry;
    const names: OrderRef[] = [request];
    if (order?.uuid) names.push({ uuid: order.uuid });
    if (order?.identifier) names.push({ identifier: order.identifier });
    const keys = names.map((name) => `${place.region} ${place.keyEnding} ${orderName(name)}`);
    const before = keys.map((key) => this.#canceledAt.get(key)).find((date) => date !== undefined) ?? null;
    const isCanceled = groupOf(outcome) === "canceled";
    if (isCanceled) for (const key of keys) this.#canceledAt.set(key, before ?? at);
    if (before === null || (!isCanceled && entry.error?.code !== "order_not_found")) return entry;
    return { ...entry, outcome: isCanceled ? outcome : "accepted", reason: null, canceledBefore: before };
  }
}

/** Passes entries to the watchers in groups. */
class EntryQueue {
  readonly requests = new Set<OrderRef>();
  readonly #run: Run;
  readonly #watchers: Watcher[];
  readonly #waiting: Entry[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(run: Run, watchers: Watcher[]) {
    this.#run = run;
    this.#watchers = watchers;
  }

  add(entry: Entry): void {
    this.requests.add(entry.request);
    this.#waiting.push(entry);
    this.#timer ??= setTimeout(() => this.#show(), SHOWN_EVERY_MS);
  }

  async flush(): Promise<void> {
    while (this.#waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, SHOWN_EVERY_MS));
  }

  #show(): void {
    const ended = this.#waiting.splice(0, SHOWN_AT_ONCE);
    this.#run.entries.push(...ended);
    for (const watcher of this.#watchers) watcher.progressed?.(this.#run, ended);
    this.#timer = this.#waiting.length > 0 ? setTimeout(() => this.#show()) : null;
  }
}

/** The entry of an order if the whole run failed. */
function failedEntry(request: OrderRef, place: Place, error: unknown): Entry {
  const refused = error instanceof UpbitError && error.kind === "invalid_request";
  const reason: ReasonName = refused ? "bad_key_text" : "page_failed";
  const outcome = refused ? "not_sent" : "unknown";
  return { request, place, at: new Date(), outcome, reason, order: null, error: null, canceledBefore: null };
}

/** Uses aria-disabled, because `disabled` would remove the focus from the button. */
function setBusy(busy: boolean): void {
  for (const id of BUTTONS) byId(id, HTMLButtonElement).setAttribute("aria-disabled", String(busy));
  if (busy) addEventListener("beforeunload", askBeforeLeaving);
  else removeEventListener("beforeunload", askBeforeLeaving);
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
