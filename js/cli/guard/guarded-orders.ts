// What the guard asks of the exchange.
import type { CancelAllResult, CancelFilter, Order, UpbitClient, UpbitError } from "upbit-cancel-order";
import { orderName } from "../../order-lines.ts";
import { isUpbitError } from "../failure.ts";
import { counted } from "../order-text.ts";
import { escaped } from "../terminal-text.ts";
import type { Round } from "./plan.ts";
import type { Speech } from "./speech.ts";

/** A connection that is idle for longer is closed by the runtime. */
const ASK_EVERY_MS = 3000;
const TIMEOUT_MS = 5000;
/** The same failure is told again after so long. */
const TELL_EVERY_MS = 10_000;

/** Of no order. */
const NOBODY = "00000000-0000-4000-8000-000000000000";

export class GuardedOrders {
  #client: UpbitClient;
  #filter: CancelFilter;
  #speech: Speech;
  /** The names of the orders that were canceled. */
  #canceled = new Set<string>();
  #remaining: Order[] | null = null;
  #error = "no answer";
  #told = { text: "", at: 0 };
  #warming: NodeJS.Timeout | undefined;

  constructor(client: UpbitClient, filter: CancelFilter, speech: Speech) {
    this.#client = client;
    this.#filter = filter;
    this.#speech = speech;
  }

  /** Lists the orders of the filter, and so tries the keys. */
  list(): Promise<Order[]> {
    const { everything, ...which } = this.#filter;
    return this.#client.listOpenOrders(which);
  }

  /**
   * Keeps the connection and the memory of this process in use until they are needed, and notices when the exchange is out of reach.
   *
   * @param order To look up; it may end meanwhile.
   */
  stayWarm({ uuid }: { uuid: string } = { uuid: NOBODY }): void {
    let asking = false;
    let reachable = true;
    this.#warming = setInterval(async () => {
      if (asking) return;
      asking = true;
      const failure = await this.#ask(uuid);
      asking = false;
      if (failure !== null && reachable)
        this.#speech.say(`the exchange cannot be asked at the moment: ${failure}`);
      if (failure === null && !reachable) this.#speech.say("the exchange answers again");
      reachable = failure === null;
    }, ASK_EVERY_MS);
  }

  /** @returns Why the exchange gave no good answer; null if it did. */
  async #ask(uuid: string): Promise<string | null> {
    try {
      await this.#client.getOrder({ uuid }, { timeoutMs: TIMEOUT_MS, maxRetries: 0 });
    } catch (error) {
      if (!isUpbitError(error)) return String(error);
      const answered = error.code === "order_not_found" || error.status === 429;
      return answered ? null : escaped(error.message);
    }
    return null;
  }

  /** Cancels what is open, until a list holds nothing or something goes wrong. Never rejects. */
  async cancelAll(forMs: number): Promise<Round> {
    clearInterval(this.#warming);
    try {
      const call = { timeoutMs: TIMEOUT_MS, maxRetries: 1, signal: AbortSignal.timeout(Math.ceil(forMs)) };
      return this.#roundOf(await this.#client.cancelAllOrders(this.#filter, call));
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** What was done and what is left, to end a sentence with. @param clean No order of the filter is open. */
  left(clean: boolean): string {
    const canceled = `${counted(this.#canceled.size, "order")} canceled`;
    if (clean) return this.#remaining === null ? "nothing was canceled" : `${canceled}, none left open`;
    if (this.#remaining === null) return `${canceled}, ORDERS MAY STILL BE OPEN: ${this.#error}`;
    if (this.#remaining.length === 0)
      return `${canceled}, but more were placed all the time: ORDERS MAY STILL BE OPEN`;
    return `${canceled}, ${counted(this.#remaining.length, "order")} MAY STILL BE OPEN`;
  }

  #roundOf({ results, remaining, error }: CancelAllResult): Round {
    for (const { ok, request } of results) if (ok) this.#canceled.add(orderName(request));
    if (error !== null) return this.#failed(error);
    this.#remaining = remaining;
    const clean = remaining?.length === 0;
    const failure = results.find(({ ok }) => !ok)?.error;
    if (!clean) this.#tell(`${remaining?.length} still open${failure ? `: ${failure.message}` : ""}`);
    return { found: results.length, clean, retryAfterMs: clean ? null : (failure?.retryAfterMs ?? null) };
  }

  #failed(error: unknown): Round {
    this.#remaining = null;
    this.#error = escaped(error instanceof Error ? error.message : String(error));
    this.#tell(this.#error);
    const retryAfterMs = isUpbitError(error) ? (error as UpbitError).retryAfterMs : null;
    return { found: 0, clean: false, retryAfterMs };
  }

  #tell(text: string): void {
    const now = performance.now();
    if (text === this.#told.text && now - this.#told.at < TELL_EVERY_MS) return;
    this.#told = { text, at: now };
    this.#speech.say(`not done yet, trying again: ${text}`);
  }
}
