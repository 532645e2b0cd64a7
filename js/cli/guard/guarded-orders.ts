// The guard's requests to the exchange.
import type { CancelAllResult, CancelFilter, Order, UpbitClient, UpbitError } from "upbit-cancel-order";
import { orderName } from "../../order-lines.ts";
import { isUpbitError } from "../failure.ts";
import { counted } from "../order-text.ts";
import { escaped } from "../terminal-text.ts";
import type { GuardLog } from "./guard-log.ts";
import type { Round } from "./plan.ts";

/** The runtime closes connections that are idle for longer. */
const PING_EVERY_MS = 3000;
const TIMEOUT_MS = 5000;
/** How often the same failure is reported. */
const WARN_EVERY_MS = 10_000;

/** The UUID of no order. */
const NO_SUCH_ORDER = "00000000-0000-4000-8000-000000000000";

export class GuardedOrders {
  #client: UpbitClient;
  #filter: CancelFilter;
  #log: GuardLog;
  /** Names of the canceled orders. */
  #canceled = new Set<string>();
  #remaining: Order[] | null = null;
  #error = "no response";
  #lastWarning = { text: "", at: 0 };
  #pings: NodeJS.Timeout | undefined;

  constructor(client: UpbitClient, filter: CancelFilter, log: GuardLog) {
    this.#client = client;
    this.#filter = filter;
    this.#log = log;
  }

  /** Lists the matching orders. This also checks the keys. */
  list(): Promise<Order[]> {
    const { everything, ...which } = this.#filter;
    return this.#client.listOpenOrders(which);
  }

  /**
   * Keeps the connection open and this process in memory, and reports if the exchange is unreachable.
   *
   * @param order The order to look up; it may end in the meantime.
   */
  keepConnected({ uuid }: { uuid: string } = { uuid: NO_SUCH_ORDER }): void {
    let pinging = false;
    let reachable = true;
    this.#pings = setInterval(async () => {
      if (pinging) return;
      pinging = true;
      const failure = await this.#ping(uuid);
      pinging = false;
      if (failure !== null && reachable) this.#log.write(`the exchange does not respond: ${failure}`);
      if (failure === null && !reachable) this.#log.write("the exchange responds again");
      reachable = failure === null;
    }, PING_EVERY_MS);
  }

  /** @returns Why the request failed; null if the exchange answered. */
  async #ping(uuid: string): Promise<string | null> {
    try {
      await this.#client.getOrder({ uuid }, { timeoutMs: TIMEOUT_MS, maxRetries: 0 });
    } catch (error) {
      if (!isUpbitError(error)) return String(error);
      const answered = error.code === "order_not_found" || error.status === 429;
      return answered ? null : escaped(error.message);
    }
    return null;
  }

  /** Cancels matching orders until a list is empty or a request fails. Never rejects. */
  async cancelAll(forMs: number): Promise<Round> {
    clearInterval(this.#pings);
    try {
      const call = { timeoutMs: TIMEOUT_MS, maxRetries: 1, signal: AbortSignal.timeout(Math.ceil(forMs)) };
      return this.#roundOf(await this.#client.cancelAllOrders(this.#filter, call));
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** What was canceled and what is left. @param clean Whether no matching order is open. */
  summary(clean: boolean): string {
    const canceled = `${counted(this.#canceled.size, "order")} canceled`;
    if (clean) return this.#remaining === null ? "nothing was canceled" : `${canceled}, none left open`;
    if (this.#remaining === null) return `${canceled}, ORDERS MAY STILL BE OPEN: ${this.#error}`;
    if (this.#remaining.length === 0)
      return `${canceled}, but new orders kept appearing: ORDERS MAY STILL BE OPEN`;
    return `${canceled}, ${counted(this.#remaining.length, "order")} MAY STILL BE OPEN`;
  }

  #roundOf({ results, remaining, error }: CancelAllResult): Round {
    for (const { ok, request } of results) if (ok) this.#canceled.add(orderName(request));
    if (error !== null) return this.#failed(error);
    this.#remaining = remaining;
    const clean = remaining?.length === 0;
    const [failure] = results.flatMap((result) => (result.ok ? [] : result.error));
    if (!clean) this.#warn(`${remaining?.length} still open${failure ? `: ${failure.message}` : ""}`);
    return { found: results.length, clean, retryAfterMs: clean ? null : (failure?.retryAfterMs ?? null) };
  }

  #failed(error: unknown): Round {
    this.#remaining = null;
    this.#error = escaped(error instanceof Error ? error.message : String(error));
    this.#warn(this.#error);
    const retryAfterMs = isUpbitError(error) ? (error as UpbitError).retryAfterMs : null;
    return { found: 0, clean: false, retryAfterMs };
  }

  #warn(text: string): void {
    const now = performance.now();
    if (text === this.#lastWarning.text && now - this.#lastWarning.at < WARN_EVERY_MS) return;
    this.#lastWarning = { text, at: now };
    this.#log.write(`trying again: ${text}`);
  }
}
