// One run at a time: a client that lives as long as the run, and everything that shows what it does.
import { UpbitClient, UpbitError } from "./upbit-cancel-order.js";
import { Activity } from "./activity.ts";
import { announce } from "./announcer.ts";
import { byId } from "./dom.ts";
import { outcomeOf } from "./outcome-words.ts";
import { inRegion } from "./words.ts";

/** @typedef {import("./upbit-cancel-order.js").CancelResult} CancelResult */
/** @typedef {import("./upbit-cancel-order.js").OrderRef} OrderRef */
/** @typedef {import("./upbit-cancel-order.js").BatchOptions} BatchOptions */
/** @typedef {import("./account.ts").Sender} Sender */

/** @typedef {Required<Pick<BatchOptions, "signal" | "onProgress">>} RunOptions */
/** How a client is told to cancel, one order or many. */
/** @typedef {(client: UpbitClient, options: RunOptions) => Promise<CancelResult[]>} Send */

/** What starts a run, and does nothing during one. */
const BUTTONS = ["cancel-one", "cancel-many"].map((id) => byId(id, HTMLButtonElement));

export class Runner {
  #results;
  #activity = new Activity(() => this.#stopper?.abort());
  /** @type {AbortController | null} */
  #stopper = null;

  /** @param {import("./results.ts").Results} results */
  constructor(results) {
    this.#results = results;
  }

  get busy() {
    return this.#stopper !== null;
  }

  /**
   * @param {OrderRef} order
   * @param {Sender} sender
   */
  async cancelOne(order, sender) {
    const [result] = await this.#run(1, sender, async (client, { signal, onProgress }) => {
      const last = await cancelOne(client, order, signal);
      onProgress({ done: 1, total: 1, canceled: last.ok ? 1 : 0, failed: last.ok ? 0 : 1, last });
      return [last];
    });
    return /** @type {CancelResult} */ (result);
  }

  /**
   * @param {OrderRef[]} orders
   * @param {Sender} sender
   */
  async cancelMany(orders, sender) {
    return this.#run(orders.length, sender, (client, options) => {
      this.#activity.focusStop();
      return client.cancelOrders(orders, options);
    });
  }

  /**
   * @param {number} total
   * @param {Sender} sender
   * @param {Send} send
   */
  async #run(total, sender, send) {
    const { signal } = (this.#stopper = new AbortController());
    const run = this.#results.startRun(sender);
    this.#activity.start(total, sender);
    setBusy(true);
    const client = new UpbitClient(sender.options);
    try {
      const results = await send(client, {
        signal,
        onProgress: (progress) => {
          run.add(progress.last);
          this.#activity.update(progress);
        },
      });
      run.finish(results);
      const summary = `${signal.aborted ? "Stopped" : "Done"}: ${summaryOf(results)}`;
      this.#activity.finish(summary, `Sent ${inRegion(sender)}`);
      announce(summary);
      return results;
    } finally {
      client.close();
      setBusy(false);
      this.#stopper = null;
    }
  }
}

/**
 * @param {UpbitClient} client
 * @param {OrderRef} request
 * @param {AbortSignal} signal
 * @returns {Promise<CancelResult>}
 */
async function cancelOne(client, request, signal) {
  try {
    const [order] = await client.cancelOrder(request, { signal });
    return {
      ok: true,
      request,
      order: /** @type {import("./upbit-cancel-order.js").CanceledOrder} */ (order),
    };
  } catch (error) {
    if (error instanceof UpbitError) return { ok: false, request, error };
    throw error;
  }
}

/** @param {CancelResult[]} results */
export function summaryOf(results) {
  const count = (/** @type {string} */ outcome) =>
    results.filter((result) => outcomeOf(result) === outcome).length;
  const [canceled, others, unknown] = [count("canceled"), count("not_canceled"), count("unknown")];
  return [
    canceled > 0 && `${canceled} canceled`,
    others > 0 && `${others} not canceled`,
    unknown > 0 && `${unknown} unknown`,
  ]
    .filter(Boolean)
    .join(", ");
}

/**
 * Not `disabled`, which would take the focus from the button that was just pressed.
 * @param {boolean} busy
 */
function setBusy(busy) {
  for (const button of BUTTONS) button.setAttribute("aria-disabled", String(busy));
  if (busy) addEventListener("beforeunload", askBeforeLeaving);
  else removeEventListener("beforeunload", askBeforeLeaving);
}

/** @param {BeforeUnloadEvent} event */
function askBeforeLeaving(event) {
  event.preventDefault();
}
