/// <reference lib="esnext.disposable" />
/**
 * Cancels orders on Upbit and says exactly what became of each.
 *
 * Which function when: one order, `cancelOrder`; some, `cancelOrders`; very many, `cancelByIds`; everything of a market or a side,
 * `cancelAllOrders`; the same with a key that may not list, `cancelOpen`.
 *
 * Sources: https://global-docs.upbit.com/reference/order-cancel, https://global-docs.upbit.com/reference/cancel-orders-by-ids,
 * https://global-docs.upbit.com/reference/batch-cancel-orders, https://global-docs.upbit.com/reference/get-order,
 * https://global-docs.upbit.com/reference/list-open-orders, https://global-docs.upbit.com/reference/list-orders-by-ids
 */

/**
 * An Upbit exchange. Each has its own accounts: a key of one is unknown to the others.
 *
 * - `sg`: Singapore, `https://sg-api.upbit.com`
 * - `id`: Indonesia, `https://id-api.upbit.com`
 * - `th`: Thailand, `https://th-api.upbit.com`
 * - `kr`: Korea, `https://api.upbit.com`
 */
export type Region = "sg" | "id" | "th" | "kr";

/** Which order: at least one of the two. With both, Upbit goes by `uuid`, and only it is sent. Other members are ignored. */
export interface OrderRef {
  /** Upbit's own identifier: 32 hexadecimal digits in groups of 8-4-4-4-12, in capital or small letters. */
  uuid?: string;
  /** The identifier that you chose when you placed the order: any text that is not empty. */
  identifier?: string;
}

/**
 * Keys and settings of a client, or of a single call. An unknown option is refused.
 *
 * Permissions of the key: cancelling needs [Make Orders]; looking up, listing and confirming need [View Orders].
 */
export interface ClientOptions {
  /** Access key, as Upbit issued it. */
  accessKey: string;
  /** Secret key, as Upbit issued it: the text itself, although it looks like Base64. */
  secretKey: string;
  /** The exchange that issued the keys. Give exactly one of `region` and `baseUrl`; there is no default. */
  region?: Region;
  /**
   * Where to send instead, for a relay or a test server: an `https:` URL, or an `http:` URL on this machine
   * (`localhost`, `127.0.0.0/8`, `[::1]`). A path is kept, and `/v1/…` is added to it. A user name, password,
   * query, fragment, or a port that `fetch` refuses is an error.
   */
  baseUrl?: string;
  /** How tokens are signed. Default `"HS512"`, which Upbit recommends; its own SDKs use `"HS256"`. */
  algorithm?: "HS512" | "HS256";
  /**
   * Time limit of one attempt in milliseconds, from the connection to the last byte of the answer. Waits between
   * attempts do not count. Above 0, at most 2147483647; default 10000.
   */
  timeoutMs?: number;
  /** How many times a failed attempt may be repeated. A whole number of at least 0; default 2. */
  maxRetries?: number;
  /**
   * How many requests of rate group `default` this client may send in a second. A whole number from 1 to 30; default 30,
   * which is Upbit's limit for an account. If several threads, processes or machines use one account, divide the limit with
   * this option. With several open clients of an account in one thread, the lowest number counts.
   */
  requestsPerSecond?: number;
}

/** Settings of one call. They take precedence over those of the client. An unknown option is refused. */
export interface CallOptions {
  /** Ends the call at once when it is aborted: waits, and a request under way. */
  signal?: AbortSignal;
  /** See {@link ClientOptions.timeoutMs}. */
  timeoutMs?: number;
  /** See {@link ClientOptions.maxRetries}. In a batch, repeats after a 429 do not count. */
  maxRetries?: number;
}

/** Settings of a call that cancels. */
export interface CancelOptions extends CallOptions {
  /**
   * Upbit's answer to a cancellation means 'accepted': the order can still fill. Above 0, the call looks the order up until it
   * has ended, for at most so many milliseconds after the answer. Needs the permission [View Orders].
   * From 0 to 2147483647; default 0: no look-up.
   */
  confirmMs?: number;
}

/** Settings of a batch. */
export interface BatchOptions<O = Order> extends CancelOptions {
  /**
   * Called after every entry, in the order in which the entries end. What it throws is ignored.
   *
   * @param progress How far the batch is, with the entry that has just ended.
   */
  onProgress?: (progress: Progress<O>) => void;
}

/** How far a batch is. */
export interface Progress<O = Order> {
  /** Entries that have ended: `canceled` plus `failed`. */
  done: number;
  /** All entries. */
  total: number;
  /** Entries whose cancellation Upbit accepted, or confirmed where `confirmMs` asks for it. */
  canceled: number;
  /** Entries that ended with an error. */
  failed: number;
  /** The entry that has just ended. */
  last: CancelResult<O>;
}

/** What became of one entry of a batch. */
export type CancelResult<O = Order> =
  | {
      /** Upbit accepted the cancellation; with `confirmMs`, the order ended as canceled. */
      ok: true;
      /** The very object that was given. */
      request: OrderRef;
      /** The order as Upbit answered. */
      order: O;
      /** Absent. */
      error?: undefined;
    }
  | {
      /** The cancellation is not certain; `error.outcome` says whether it may have happened. */
      ok: false;
      /** The very object that was given. */
      request: OrderRef;
      /** Absent; `error.order` shows the order where it was looked up. */
      order?: undefined;
      /** Why. */
      error: UpbitError;
    };

/** A text that is one of those known, or one that Upbit adds one day. */
type Open<Known extends string> = Known | (string & {});

/**
 * An order as Upbit tells of it.
 *
 * Amounts are decimal text, digit for digit as Upbit sent them. Fields that are not listed here are passed on too: read them
 * through {@link OrderWithOtherFields}. A number in them that a JavaScript number cannot hold becomes the text of its digits.
 */
export interface Order {
  /** Trading pair, quote currency first, such as `SGD-BTC`. */
  market: string;
  /** Upbit's own identifier of the order. */
  uuid: string;
  /** `bid`: buy; `ask`: sell. */
  side: Open<"ask" | "bid">;
  /** `limit`: limit order; `price`: market buy; `market`: market sell; `best`: best limit order. */
  ord_type: Open<"limit" | "price" | "market" | "best">;
  /** Limit order: price of a unit. Market buy: total to spend. In the quote currency. */
  price?: string;
  /**
   * `wait`: open; `watch`: scheduled; `done`: filled; `cancel`: canceled. The answer to a cancellation shows the state before it.
   * A market buy ends as `cancel` also when it was filled.
   */
  state: Open<"wait" | "watch" | "done" | "cancel">;
  /** When the order was placed; such as `2025-07-04T15:00:00` (UTC) or, in Korea, `2025-07-04T15:00:00+09:00`. */
  created_at: string;
  /** Amount ordered, in the base currency. */
  volume?: string;
  /** Amount not yet executed. */
  remaining_volume: string;
  /** Amount executed. */
  executed_volume: string;
  /** Fee set aside for the order. */
  reserved_fee: string;
  /** What is left of the fee set aside. */
  remaining_fee: string;
  /** Fee paid for what was executed. */
  paid_fee: string;
  /** Amount or funds that the open order holds. */
  locked: string;
  /** How the order was to be executed. `fok`: fill or kill; `ioc`: immediate or cancel; `post_only`: maker only. */
  time_in_force?: Open<"fok" | "ioc" | "post_only">;
  /** The identifier that you chose; for orders placed on 18 October 2024 or later. */
  identifier?: string;
  /** Self-match prevention: whether it reduces both orders, or cancels the maker's or the taker's. */
  smp_type?: Open<"reduce" | "cancel_maker" | "cancel_taker">;
  /** Amount canceled by self-match prevention. */
  prevented_volume: string;
  /** Released by self-match prevention: funds of a buy order, amount of a sell order. */
  prevented_locked: string;
  /** Number of trades of the order. */
  trades_count: number;
  /** Trades of the order; only {@link getOrder} and a confirmed single cancellation tell them. */
  trades?: Trade[];
}

/** An order whose cancellation Upbit has accepted. */
export type CanceledOrder = Order;

/** An order with the fields that Upbit sends and this version does not list. */
export type OrderWithOtherFields = Order & Record<string, unknown>;

/** One execution of an order. */
export interface Trade {
  /** Trading pair, quote currency first. */
  market: string;
  /** Upbit's own identifier of the trade. */
  uuid: string;
  /** Price of a unit, in the quote currency. */
  price: string;
  /** Amount, in the base currency. */
  volume: string;
  /** Price times amount, in the quote currency. */
  funds: string;
  /** `up` or `down`: direction of the price. */
  trend?: string;
  /** When it happened. */
  created_at: string;
  /** `ask` or `bid`. */
  side: string;
}

/** What a cancellation by ids tells of an order. A confirmed one, or one that was sent by itself, has all fields. */
export type OrderSummary = Pick<Order, "uuid" | "market" | "identifier"> & Partial<Order>;

/** Which open orders. Default: every market, both sides, both states. */
export interface OrderFilter {
  /** Markets as `QUOTE-BASE` in capitals, such as `SGD-BTC`. Not empty. */
  markets?: string[];
  /** `ask`: sell orders only; `bid`: buy orders only. */
  side?: "ask" | "bid";
  /** `wait`: open orders; `watch`: scheduled orders. Not empty; default both. */
  states?: ("wait" | "watch")[];
}

/** Which open orders to cancel. A filter that names neither a market nor a side must say `everything: true`. */
export interface CancelFilter extends OrderFilter {
  /** Says that orders of every market are meant. Not together with `markets`. */
  everything?: true;
}

/** What became of all orders that a filter names. */
export interface CancelAllResult {
  /** One result for each order that was found open. */
  results: CancelResult<OrderSummary>[];
  /** Orders of the filter in the last list of open orders. Empty: proof that none is open. `null`: that list failed. */
  remaining: Order[] | null;
  /** Why the last list failed, or the call was aborted; else `null`. */
  error: UpbitError | null;
}

/** Which open orders `DELETE /v1/orders/open` cancels. Names a side, a pair or a quote currency, or says `everything: true`. */
export interface CancelOpenFilter {
  /** `ask`: sell orders only; `bid`: buy orders only. */
  side?: "ask" | "bid";
  /** 1 to 20 markets as `QUOTE-BASE`. Not together with `quoteCurrencies`. */
  pairs?: string[];
  /** Quote currencies, such as `SGD`. Not together with `pairs`. */
  quoteCurrencies?: string[];
  /** 1 to 20 markets that are left alone, whatever else is named. */
  excludedPairs?: string[];
  /** At most so many orders. A whole number from 1 to 300; default 300. */
  count?: number;
  /** Which orders come first: `desc`, the newest (default), or `asc`, the oldest. */
  orderBy?: "asc" | "desc";
  /** Says that orders of every market are meant. */
  everything?: true;
}

/** What `DELETE /v1/orders/open` did. */
export interface CancelOpenResult {
  /** Orders whose cancellation Upbit accepted. */
  canceled: OrderSummary[];
  /** Orders that Upbit did not cancel. It tells no reason. */
  failed: OrderSummary[];
  /** `count` orders were canceled, so there may be more. */
  mayRemain: boolean;
}

/** A request that would be sent, but for the signature. */
export interface RequestPreview {
  /** HTTP method. */
  method: "DELETE";
  /** The whole URL, percent-encoded. */
  url: string;
  /** What the token would say. See https://global-docs.upbit.com/reference/auth */
  claims: {
    /** Access key. */
    access_key: string;
    /** A random UUID, new in every request. */
    nonce: string;
    /** SHA-512 of the query that is not percent-encoded, in lowercase hexadecimal digits. */
    query_hash: string;
    /** How the query is hashed. */
    query_hash_alg: "SHA512";
  };
}

/** Why a call failed, and whether an order may have been canceled. It holds no key, token or request. */
export class UpbitError extends Error {
  private constructor();
  /** Always `"UpbitError"`. */
  readonly name: "UpbitError";
  /**
   * What went wrong.
   *
   * - `invalid_request`: an argument is wrong, the client is closed, or WebAssembly cannot start. Nothing was sent.
   * - `rejected`: Upbit refused the request (4xx); `code` says why.
   * - `rate_limited`: the rate limit is reached (429), or Upbit has blocked the account or address (418).
   * - `server`: Upbit answered with 408 or 5xx.
   * - `network`: the connection could not be made, or was lost.
   * - `timeout`: no complete answer within `timeoutMs`.
   * - `aborted`: your signal was aborted.
   * - `bad_response`: a redirect, or a 2xx answer that cannot be read, is above 1 MiB or is about another order.
   * - `filled`: the order was filled before it could be canceled; `order` shows it. Only with `confirmMs`.
   * - `unconfirmed`: the cancellation was sent, but no look-up showed in time how the order ended. Only with `confirmMs`.
   */
  readonly kind:
    | "invalid_request"
    | "rejected"
    | "rate_limited"
    | "server"
    | "network"
    | "timeout"
    | "aborted"
    | "bad_response"
    | "filled"
    | "unconfirmed";
  /**
   * May this call have canceled the order? `not_canceled`: no request of it did. `unknown`: one may have
   * reached Upbit and its answer is not known; look at your open orders. Reads always say `not_canceled`.
   */
  readonly outcome: "not_canceled" | "unknown";
  /** HTTP status of the last answer; `null` if none came. */
  readonly status: number | null;
  /** Upbit's `error.name` in the last answer, such as `order_not_found`; `null` if it had none. */
  readonly code: string | null;
  /** What you can do about it; `null` where the message says it all. */
  readonly hint: string | null;
  /** How long to wait before the next request, in milliseconds, where Upbit told it or a pause is under way; else `null`. */
  readonly retryAfterMs: number | null;
  /** Requests sent. */
  readonly attempts: number;
  /** The order as a look-up, or the accepted cancellation, showed it last; `null` if none did. Only with `confirmMs`. */
  readonly order: OrderSummary | null;
  /**
   * All fields and the message, for `JSON.stringify`.
   *
   * @example
   * await client.cancelOrder({ uuid }).catch((error) => console.error(JSON.stringify(error)));
   */
  toJSON(): object;
}

/**
 * Cancels one order.
 *
 * @param order Which order.
 * @param options Keys, and settings of this call.
 * @returns An array of one order, as Upbit documents it: the order as it was when Upbit accepted the cancellation; with
 *   `confirmMs`, the order as it ended.
 * @throws {UpbitError} of any kind; see {@link UpbitError.kind} and {@link UpbitError.outcome}.
 * @see https://global-docs.upbit.com/reference/order-cancel
 * @example
 * const [order] = await cancelOrder({ uuid }, { region: "sg", accessKey, secretKey, confirmMs: 3000 });
 */
export function cancelOrder(
  order: OrderRef,
  options: ClientOptions & CancelOptions,
): Promise<CanceledOrder[]>;

/**
 * Cancels many orders, one request each, within Upbit's 30 requests a second. After a block (418), a refused key or an abort nothing
 * more is sent, and the rest is reported as such.
 *
 * @param orders Which orders; read once, before the first request.
 * @param options Keys, and settings of this batch.
 * @returns One result for each entry, in the order given.
 * @throws {UpbitError} of kind `invalid_request` if the options are wrong; never for the failure of an entry.
 * @see https://global-docs.upbit.com/reference/rate-limits
 * @example
 * const results = await cancelOrders([{ uuid }, { identifier: "mine" }], { region: "sg", accessKey, secretKey });
 * for (const { ok, error } of results) console.log(ok ? "accepted" : error?.outcome);
 */
export function cancelOrders(
  orders: Iterable<OrderRef>,
  options: ClientOptions & BatchOptions,
): Promise<CancelResult[]>;

/**
 * Cancels many orders, 20 a request: up to 600 orders a second. An order that Upbit lists as failed, or does not list, is sent once more
 * by itself, so that its result has a reason.
 *
 * @param orders Which orders; read once, before the first request.
 * @param options Keys, and settings of this batch.
 * @returns One result for each entry, in the order given.
 * @throws {UpbitError} of kind `invalid_request` if the options are wrong; never for the failure of an entry.
 * @see https://global-docs.upbit.com/reference/cancel-orders-by-ids
 * @example
 * const results = await cancelByIds(orders, { region: "sg", accessKey, secretKey });
 * const failed = results.filter(({ ok }) => !ok);
 */
export function cancelByIds(
  orders: Iterable<OrderRef>,
  options: ClientOptions & BatchOptions<OrderSummary>,
): Promise<CancelResult<OrderSummary>[]>;

/**
 * Cancels all open orders that a filter names: lists them, cancels them by ids, and lists again, up to three times, until none is left.
 * Needs the permissions [Make Orders] and [View Orders].
 *
 * @param filter Which orders. Names a market or a side, or says `everything: true`.
 * @param options Keys, and settings of this call.
 * @returns One result for each order, and what the last list of open orders held. Fulfils also if a later list fails.
 * @throws {UpbitError} if an argument is wrong, or the first list fails; nothing is canceled then.
 * @see https://global-docs.upbit.com/reference/list-open-orders
 * @example
 * const { results, remaining } = await cancelAllOrders({ markets: ["SGD-BTC"] }, { region: "sg", accessKey, secretKey });
 */
export function cancelAllOrders(
  filter: CancelFilter,
  options: ClientOptions & BatchOptions<OrderSummary>,
): Promise<CancelAllResult>;

/**
 * Cancels up to 300 open orders in one request, without listing them first: `DELETE /v1/orders/open`. Orders in state `watch` are not
 * canceled. The request is not repeated, except after 429: repeated after a lost answer it would cancel other orders.
 * Upbit takes one such request in 2 seconds.
 *
 * @param filter Which orders. Names a side, a pair or a quote currency, or says `everything: true`.
 * @param options Keys, and settings of this call.
 * @returns What was canceled; two empty lists where nothing matches.
 * @throws {UpbitError} of any kind.
 * @see https://global-docs.upbit.com/reference/batch-cancel-orders
 * @example
 * const { canceled, mayRemain } = await cancelOpen({ pairs: ["SGD-BTC"] }, { region: "sg", accessKey, secretKey });
 */
export function cancelOpen(
  filter: CancelOpenFilter,
  options: ClientOptions & CallOptions,
): Promise<CancelOpenResult>;

/**
 * Looks one order up, in any state. Needs the permission [View Orders].
 *
 * @param order Which order.
 * @param options Keys, and settings of this call.
 * @returns The order, with its trades.
 * @throws {UpbitError} of any kind, with outcome `not_canceled`; `code` is `order_not_found` if there is no such order.
 * @see https://global-docs.upbit.com/reference/get-order
 * @example
 * const order = await getOrder({ uuid }, { region: "sg", accessKey, secretKey });
 */
export function getOrder(order: OrderRef, options: ClientOptions & CallOptions): Promise<Order>;

/**
 * Lists the open orders that a filter names, all pages of them, the newest first. Needs the permission [View Orders].
 *
 * @param filter Which orders; `{}` for all.
 * @param options Keys, and settings of this call.
 * @returns The orders.
 * @throws {UpbitError} of any kind, with outcome `not_canceled`.
 * @see https://global-docs.upbit.com/reference/list-open-orders
 * @example
 * const orders = await listOpenOrders({ markets: ["SGD-BTC"] }, { region: "sg", accessKey, secretKey });
 */
export function listOpenOrders(filter: OrderFilter, options: ClientOptions & CallOptions): Promise<Order[]>;

/**
 * Tells what {@link cancelOrder} would send, and sends nothing.
 *
 * @param order Which order.
 * @param options Keys and settings.
 * @returns Method, URL and claims, without a signature.
 * @throws {UpbitError} of kind `invalid_request` if an argument is wrong.
 * @see https://global-docs.upbit.com/reference/auth
 * @example
 * const { method, url, claims } = await previewRequest({ uuid }, { region: "sg", accessKey, secretKey });
 */
export function previewRequest(order: OrderRef, options: ClientOptions): Promise<RequestPreview>;
/**
 * Tells what {@link cancelByIds} would send, and sends nothing.
 *
 * @param orders Which orders.
 * @param options Keys and settings.
 * @returns Method, URL and claims of each request.
 * @throws {UpbitError} of kind `invalid_request` if an argument is wrong.
 * @see https://global-docs.upbit.com/reference/auth
 * @example
 * const previews = await previewRequest([{ uuid }, { identifier: "mine" }], { region: "sg", accessKey, secretKey });
 */
export function previewRequest(orders: Iterable<OrderRef>, options: ClientOptions): Promise<RequestPreview[]>;

/** Keys and settings for many calls. Calls of one account share one budget of requests, whichever client makes them. */
export class UpbitClient {
  /**
   * @param options Keys and settings of all calls.
   * @throws {UpbitError} of kind `invalid_request` if an option is wrong.
   * @example
   * using client = new UpbitClient({ region: "sg", accessKey, secretKey });
   */
  constructor(options: ClientOptions);
  /**
   * See the function {@link cancelOrder}.
   *
   * @param order Which order.
   * @param call Settings of this call.
   * @example
   * const [order] = await client.cancelOrder({ uuid }, { confirmMs: 3000 });
   */
  cancelOrder(order: OrderRef, call?: CancelOptions): Promise<CanceledOrder[]>;
  /**
   * See the function {@link cancelOrders}.
   *
   * @param orders Which orders.
   * @param call Settings of this call.
   * @example
   * const results = await client.cancelOrders(orders, { signal: AbortSignal.timeout(60_000) });
   */
  cancelOrders(orders: Iterable<OrderRef>, call?: BatchOptions): Promise<CancelResult[]>;
  /**
   * See the function {@link cancelByIds}.
   *
   * @param orders Which orders.
   * @param call Settings of this call.
   * @example
   * const results = await client.cancelByIds(orders, { onProgress: ({ done, total }) => console.log(done, total) });
   */
  cancelByIds(
    orders: Iterable<OrderRef>,
    call?: BatchOptions<OrderSummary>,
  ): Promise<CancelResult<OrderSummary>[]>;
  /**
   * See the function {@link cancelAllOrders}.
   *
   * @param filter Which open orders.
   * @param call Settings of this call.
   * @example
   * const { results, remaining } = await client.cancelAllOrders({ side: "bid" });
   */
  cancelAllOrders(filter: CancelFilter, call?: BatchOptions<OrderSummary>): Promise<CancelAllResult>;
  /**
   * See the function {@link cancelOpen}.
   *
   * @param filter Which open orders.
   * @param call Settings of this call.
   * @example
   * const { canceled, failed } = await client.cancelOpen({ everything: true });
   */
  cancelOpen(filter: CancelOpenFilter, call?: CallOptions): Promise<CancelOpenResult>;
  /**
   * See the function {@link getOrder}.
   *
   * @param order Which order.
   * @param call Settings of this call.
   * @example
   * const { state, executed_volume } = await client.getOrder({ identifier: "mine" });
   */
  getOrder(order: OrderRef, call?: CallOptions): Promise<Order>;
  /**
   * See the function {@link listOpenOrders}.
   *
   * @param filter Which open orders.
   * @param call Settings of this call.
   * @example
   * const scheduled = await client.listOpenOrders({ states: ["watch"] });
   */
  listOpenOrders(filter?: OrderFilter, call?: CallOptions): Promise<Order[]>;
  /**
   * See the function {@link previewRequest}.
   *
   * @param order Which order.
   * @example
   * const { url } = await client.previewRequest({ uuid });
   */
  previewRequest(order: OrderRef): Promise<RequestPreview>;
  /**
   * See the function {@link previewRequest}.
   *
   * @param orders Which orders.
   * @example
   * const previews = await client.previewRequest([{ uuid }, { identifier: "mine" }]);
   */
  previewRequest(orders: Iterable<OrderRef>): Promise<RequestPreview[]>;
  /**
   * Wipes the keys. A request under way comes to its end and is not repeated; later calls reject with `invalid_request`.
   *
   * @example
   * client.close();
   */
  close(): void;
  /**
   * The same as {@link close}, for `using`.
   *
   * @example
   * using client = new UpbitClient({ region: "sg", accessKey, secretKey });
   */
  [Symbol.dispose](): void;
}
