/// <reference lib="esnext.disposable" />
/**
 * Cancels orders on Upbit and reports whether each one was canceled.
 *
 * Which function to use: `cancelOrder` for one order, `cancelOrders` for some, `cancelByIds` for many, `cancelAllOrders` for all open
 * orders of a market or side, and `cancelOpen` for the same if the key cannot list orders.
 *
 * Sources: https://global-docs.upbit.com/reference/order-cancel, https://global-docs.upbit.com/reference/cancel-orders-by-ids,
 * https://global-docs.upbit.com/reference/batch-cancel-orders, https://global-docs.upbit.com/reference/get-order,
 * https://global-docs.upbit.com/reference/list-open-orders, https://global-docs.upbit.com/reference/list-orders-by-ids
 */

/**
 * An Upbit exchange. A key works only in the region that issued it.
 *
 * - `sg`: Singapore, `https://sg-api.upbit.com`
 * - `id`: Indonesia, `https://id-api.upbit.com`
 * - `th`: Thailand, `https://th-api.upbit.com`
 * - `kr`: Korea, `https://api.upbit.com`
 */
export type Region = "sg" | "id" | "th" | "kr";

/** Names an order: set at least one of the two. If both are set, only `uuid` is sent. Other properties are ignored. */
export interface OrderRef {
  /** Upbit's UUID of the order: 32 hexadecimal digits in groups of 8-4-4-4-12, case-insensitive. */
  uuid?: string;
  /** The client identifier that you set when you placed the order: any non-empty string. */
  identifier?: string;
}

/**
 * Keys and options of a client, or of a single function call. Unknown options are refused.
 *
 * Permissions of the key: canceling needs [Make Orders]; looking up, listing and confirming need [View Orders].
 */
export interface ClientOptions {
  /** Access key from Upbit. */
  accessKey: string;
  /** Secret key from Upbit. Use it as it is: do not decode it from Base64. */
  secretKey: string;
  /** The exchange that issued the keys. Set either `region` or `baseUrl`; there is no default. */
  region?: Region;
  /**
   * The URL of a relay or test server: an `https:` URL, or an `http:` URL on this machine (`localhost`, `127.0.0.0/8`, `[::1]`).
   * `/v1/…` is appended to its path. A user name, password, query, fragment, or a port that `fetch` refuses is an error.
   */
  baseUrl?: string;
  /** Signature algorithm of the tokens. Default `"HS512"`, which Upbit recommends. Upbit's SDKs use `"HS256"`. */
  algorithm?: "HS512" | "HS256";
  /**
   * Time limit of one attempt in milliseconds, from connecting to the last byte of the response. Waits between attempts do not
   * count. Above 0, at most 2147483647; default 10000.
   */
  timeoutMs?: number;
  /** How often a failed attempt is retried. An integer of at least 0; default 2. */
  maxRetries?: number;
  /**
   * Maximum number of requests per second in rate group `default`. An integer from 1 to 30; default 30, which is Upbit's limit
   * for an account. If several threads, processes or machines use one account, divide the limit with this option. If several
   * clients of an account are open in one thread, the lowest value applies.
   */
  requestsPerSecond?: number;
}

/** Options of one call. They override the options of the client. Unknown options are refused. */
export interface CallOptions {
  /** An abort ends the call at once, including waits and a request in flight. */
  signal?: AbortSignal;
  /** See {@link ClientOptions.timeoutMs}. */
  timeoutMs?: number;
  /** See {@link ClientOptions.maxRetries}. In a batch, retries after a 429 do not count. */
  maxRetries?: number;
}

/** Options of a call that cancels. */
export interface CancelOptions extends CallOptions {
  /**
   * Upbit's response to a cancellation means 'accepted': the order can still fill. If above 0, the call looks the order up until it
   * has ended, for at most this many milliseconds after the response; the last lookup may take half a second longer. Needs the
   * permission [View Orders].
   * From 0 to 2147483647; default 0: no lookup.
   */
  confirmMs?: number;
}

/** Options of a batch. */
export interface BatchOptions<O = Order> extends CancelOptions {
  /**
   * Called after each entry, in the order in which the entries are finished. Exceptions are ignored.
   *
   * @param progress Progress of the batch, and the entry that was just finished.
   */
  onProgress?: (progress: Progress<O>) => void;
}

/** Progress of a batch. */
export interface Progress<O = Order> {
  /** Finished entries: `canceled` plus `failed`. */
  done: number;
  /** All entries. */
  total: number;
  /** Entries whose cancellation Upbit accepted; with `confirmMs`, entries that were confirmed as canceled. */
  canceled: number;
  /** Entries with an error. */
  failed: number;
  /** The entry that was just finished. */
  last: CancelResult<O>;
}

/** Result of one entry of a batch. */
export type CancelResult<O = Order> =
  | {
      /** Upbit accepted the cancellation; with `confirmMs`, the order ended as canceled. */
      ok: true;
      /** The object that you passed. */
      request: OrderRef;
      /** The order from Upbit's response. */
      order: O;
    }
  | {
      /** The call failed; `error.outcome` says whether the order may have been canceled anyway. */
      ok: false;
      /** The object that you passed. */
      request: OrderRef;
      /** The reason. `error.order` is the order, if it was looked up. */
      error: UpbitError;
    };

/** A known value, or one that Upbit may add later. */
type Open<Known extends string> = Known | (string & {});

/**
 * An order from Upbit.
 *
 * Amounts are decimal strings with the digits that Upbit sent. Fields that are not listed here are passed through: read them
 * through {@link OrderWithOtherFields}. A number in them that a JavaScript number cannot represent becomes a string of its digits.
 */
export interface Order {
  /** Trading pair, quote currency first, such as `SGD-BTC`. */
  market: string;
  /** Upbit's UUID of the order. */
  uuid: string;
  /** `bid`: buy; `ask`: sell. */
  side: Open<"ask" | "bid">;
  /** `limit`: limit order; `price`: market buy; `market`: market sell; `best`: best limit order. */
  ord_type: Open<"limit" | "price" | "market" | "best">;
  /** Limit order: unit price. Market buy: total to spend. In the quote currency. */
  price?: string;
  /**
   * `wait`: open; `watch`: scheduled; `done`: filled; `cancel`: canceled. The response to a cancellation has the state before it.
   * A market buy ends as `cancel` even if it was filled.
   */
  state: Open<"wait" | "watch" | "done" | "cancel">;
  /** When the order was placed, such as `2025-07-04T15:00:00` (UTC) or, in Korea, `2025-07-04T15:00:00+09:00`. */
  created_at: string;
  /** Order amount, in the base currency. */
  volume?: string;
  /** Amount not yet executed. */
  remaining_volume: string;
  /** Amount executed. */
  executed_volume: string;
  /** Fee reserved for the order. */
  reserved_fee: string;
  /** Remaining reserved fee. */
  remaining_fee: string;
  /** Fee paid for executions. */
  paid_fee: string;
  /** Amount or funds locked by the open order. */
  locked: string;
  /** Time in force. `fok`: fill or kill; `ioc`: immediate or cancel; `post_only`: maker only. */
  time_in_force?: Open<"fok" | "ioc" | "post_only">;
  /** Your client identifier; for orders placed on 18 October 2024 or later. */
  identifier?: string;
  /** Self-match prevention: reduce both orders, or cancel the maker's or the taker's order. */
  smp_type?: Open<"reduce" | "cancel_maker" | "cancel_taker">;
  /** Amount canceled by self-match prevention. */
  prevented_volume: string;
  /** Released by self-match prevention: the funds of a buy order or the amount of a sell order. */
  prevented_locked: string;
  /** Number of trades of the order. */
  trades_count: number;
  /** Trades of the order. Only {@link getOrder} and a confirmed single cancellation return them. */
  trades?: Trade[];
}

/** An order whose cancellation Upbit has accepted. */
export type CanceledOrder = Order;

/** An order with fields that these types do not list. */
export type OrderWithOtherFields = Order & Record<string, unknown>;

/** One execution of an order. */
export interface Trade {
  /** Trading pair, quote currency first. */
  market: string;
  /** Upbit's UUID of the trade. */
  uuid: string;
  /** Unit price, in the quote currency. */
  price: string;
  /** Amount, in the base currency. */
  volume: string;
  /** Price times amount, in the quote currency. */
  funds: string;
  /** Price direction: `up` or `down`. */
  trend?: string;
  /** Time of the trade. */
  created_at: string;
  /** `ask` or `bid`. */
  side: string;
}

/** An order in the result of a cancellation by id. It has all fields if it was confirmed or sent in a separate request. */
export type OrderSummary = Pick<Order, "uuid" | "market" | "identifier"> & Partial<Order>;

/** Filter for open orders. Default: all markets, both sides, both states. */
export interface OrderFilter {
  /** Markets as `QUOTE-BASE` in capitals, such as `SGD-BTC`. Not empty. */
  markets?: string[];
  /** `ask`: sell orders only; `bid`: buy orders only. */
  side?: "ask" | "bid";
  /** `wait`: open orders; `watch`: scheduled orders. Not empty; default both. */
  states?: ("wait" | "watch")[];
}

/** Filter for open orders to cancel. Set a market or a side, or `everything: true`. */
export interface CancelFilter extends OrderFilter {
  /** Cancel orders of all markets. Not together with `markets`. */
  everything?: true;
}

/** Result of {@link cancelAllOrders}. */
export interface CancelAllResult {
  /** One result per open order that was found. */
  results: CancelResult<OrderSummary>[];
  /** Matching orders in the last list of open orders. Empty: none is open. `null`: the list failed. */
  remaining: Order[] | null;
  /** The error of the last list, or of an abort; otherwise `null`. */
  error: UpbitError | null;
}

/** Filter of {@link cancelOpen}. Set a side, a pair or a quote currency, or `everything: true`. */
export interface CancelOpenFilter {
  /** `ask`: sell orders only; `bid`: buy orders only. */
  side?: "ask" | "bid";
  /** 1 to 20 markets as `QUOTE-BASE`. Not together with `quoteCurrencies`. */
  pairs?: string[];
  /** Quote currencies, such as `SGD`. Not together with `pairs`. */
  quoteCurrencies?: string[];
  /** 1 to 20 markets to exclude. */
  excludedPairs?: string[];
  /** Maximum number of orders. An integer from 1 to 300; default 300. */
  count?: number;
  /** `desc`: newest first (default); `asc`: oldest first. */
  orderBy?: "asc" | "desc";
  /** Cancel orders of all markets. */
  everything?: true;
}

/** Result of {@link cancelOpen}. */
export interface CancelOpenResult {
  /** Orders whose cancellation Upbit accepted. */
  canceled: OrderSummary[];
  /** Orders that Upbit did not cancel. It gives no reason. */
  failed: OrderSummary[];
  /** Whether `count` orders were canceled, so that more may be open. */
  mayRemain: boolean;
}

/** A request that would be sent, without the signature. */
export interface RequestPreview {
  /** HTTP method. */
  method: "DELETE";
  /** The whole URL, percent-encoded. */
  url: string;
  /** Claims of the token. See https://global-docs.upbit.com/reference/auth */
  claims: {
    /** Access key. */
    access_key: string;
    /** A random UUID, new in every request. */
    nonce: string;
    /** SHA-512 of the query before percent-encoding, in lowercase hexadecimal digits. */
    query_hash: string;
    /** Hash algorithm of the query. */
    query_hash_alg: "SHA512";
  };
}

/** Why a call failed, and whether an order may have been canceled. It contains no key, token or request. */
export class UpbitError extends Error {
  private constructor();
  /** Always `"UpbitError"`. */
  readonly name: "UpbitError";
  /**
   * What went wrong.
   *
   * - `invalid_request`: an argument is wrong, the client is closed, or WebAssembly cannot start. Nothing was sent.
   * - `rejected`: Upbit refused the request (4xx); see `code`.
   * - `rate_limited`: rate limit reached (429), or Upbit has blocked the account or address (418).
   * - `server`: Upbit answered 408 or 5xx.
   * - `network`: the connection failed or was lost.
   * - `timeout`: no complete response within `timeoutMs`.
   * - `aborted`: your signal was aborted.
   * - `bad_response`: a redirect, or a 2xx response that is unreadable, larger than 1 MiB or about another order.
   * - `filled`: the order was filled before it could be canceled; see `order`. Only with `confirmMs`.
   * - `unconfirmed`: the cancellation was sent, but no lookup showed in time how the order ended. Only with `confirmMs`.
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
   * Whether this call may have canceled the order. `not_canceled`: no request of this call did. `unknown`: a request may have
   * reached Upbit, but its response was lost; check your open orders. Errors of lookups and lists are always `not_canceled`.
   */
  readonly outcome: "not_canceled" | "unknown";
  /** HTTP status of the last response; `null` if there was none. */
  readonly status: number | null;
  /** Upbit's `error.name` in the last response, such as `order_not_found`; otherwise `null`. */
  readonly code: string | null;
  /** What you can do about it; otherwise `null`. */
  readonly hint: string | null;
  /** Milliseconds to wait before the next request, if Upbit asked for a pause; otherwise `null`. */
  readonly retryAfterMs: number | null;
  /** Number of requests sent. */
  readonly attempts: number;
  /** The order as last seen in a lookup or in the accepted cancellation; otherwise `null`. Only with `confirmMs`. */
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
 * @param order The order.
 * @param options Keys, and options of this call.
 * @returns An array of one order, as Upbit documents it: the order when Upbit accepted the cancellation; with `confirmMs`, the
 *   order in its final state.
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
 * Cancels several orders with one request each, within Upbit's 30 requests per second. After a block (418), a refused key or an
 * abort, nothing more is sent, and the remaining entries get an error of that kind.
 *
 * @param orders The orders; read once, before the first request.
 * @param options Keys, and options of this batch.
 * @returns One result per entry, in the same order.
 * @throws {UpbitError} of kind `invalid_request` if the options are wrong; not if an entry fails.
 * @see https://global-docs.upbit.com/reference/rate-limits
 * @example
 * const results = await cancelOrders([{ uuid }, { identifier: "mine" }], { region: "sg", accessKey, secretKey });
 * for (const result of results) console.log(result.ok ? "accepted" : result.error.outcome);
 */
export function cancelOrders(
  orders: Iterable<OrderRef>,
  options: ClientOptions & BatchOptions,
): Promise<CancelResult[]>;

/**
 * Cancels many orders, 20 per request: up to 600 orders per second. If the response lists an order as failed or does not list it,
 * the order is sent again in a separate request, to get the reason.
 *
 * @param orders The orders; read once, before the first request.
 * @param options Keys, and options of this batch.
 * @returns One result per entry, in the same order.
 * @throws {UpbitError} of kind `invalid_request` if the options are wrong; not if an entry fails.
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
 * Cancels all open orders that match a filter: lists them, cancels them by id, and lists again, up to three times, until none is left.
 * Needs the permissions [Make Orders] and [View Orders].
 *
 * @param filter The orders. Set a market or a side, or `everything: true`.
 * @param options Keys, and options of this call.
 * @returns One result per order, and the matching orders of the last list. Also resolves if a later list fails.
 * @throws {UpbitError} if an argument is wrong or the first list fails; nothing is canceled then.
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
 * canceled. The request is retried only after a 429: a retry after a lost response would cancel other orders.
 * Upbit accepts one such request every 2 seconds.
 *
 * @param filter The orders. Set a side, a pair or a quote currency, or `everything: true`.
 * @param options Keys, and options of this call.
 * @returns Canceled and failed orders; both lists are empty if no order matches.
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
 * Looks up one order in any state. Needs the permission [View Orders].
 *
 * @param order The order.
 * @param options Keys, and options of this call.
 * @returns The order, with its trades.
 * @throws {UpbitError} of any kind, with outcome `not_canceled`; `code` is `order_not_found` if the order does not exist.
 * @see https://global-docs.upbit.com/reference/get-order
 * @example
 * const order = await getOrder({ uuid }, { region: "sg", accessKey, secretKey });
 */
export function getOrder(order: OrderRef, options: ClientOptions & CallOptions): Promise<Order>;

/**
 * Lists all open orders that match a filter, newest first. Needs the permission [View Orders].
 *
 * @param filter The orders; `{}` for all.
 * @param options Keys, and options of this call.
 * @returns The orders.
 * @throws {UpbitError} of any kind, with outcome `not_canceled`.
 * @see https://global-docs.upbit.com/reference/list-open-orders
 * @example
 * const orders = await listOpenOrders({ markets: ["SGD-BTC"] }, { region: "sg", accessKey, secretKey });
 */
export function listOpenOrders(filter: OrderFilter, options: ClientOptions & CallOptions): Promise<Order[]>;

/**
 * Returns the request that {@link cancelOrder} would send. Sends nothing.
 *
 * @param order The order.
 * @param options Keys and options.
 * @returns Method, URL and claims, without a signature.
 * @throws {UpbitError} of kind `invalid_request` if an argument is wrong.
 * @see https://global-docs.upbit.com/reference/auth
 * @example
 * const { method, url, claims } = await previewRequest({ uuid }, { region: "sg", accessKey, secretKey });
 */
export function previewRequest(order: OrderRef, options: ClientOptions): Promise<RequestPreview>;
/**
 * Returns the requests that {@link cancelByIds} would send. Sends nothing.
 *
 * @param orders The orders.
 * @param options Keys and options.
 * @returns Method, URL and claims of each request.
 * @throws {UpbitError} of kind `invalid_request` if an argument is wrong.
 * @see https://global-docs.upbit.com/reference/auth
 * @example
 * const previews = await previewRequest([{ uuid }, { identifier: "mine" }], { region: "sg", accessKey, secretKey });
 */
export function previewRequest(orders: Iterable<OrderRef>, options: ClientOptions): Promise<RequestPreview[]>;

/** Keys and options for several calls. All clients of an account in a thread share one rate budget. */
export class UpbitClient {
  /**
   * @param options Keys, and options of all calls.
   * @throws {UpbitError} of kind `invalid_request` if an option is wrong.
   * @example
   * using client = new UpbitClient({ region: "sg", accessKey, secretKey });
   */
  constructor(options: ClientOptions);
  /**
   * See the function {@link cancelOrder}.
   *
   * @param order The order.
   * @param call Options of this call.
   * @example
   * const [order] = await client.cancelOrder({ uuid }, { confirmMs: 3000 });
   */
  cancelOrder(order: OrderRef, call?: CancelOptions): Promise<CanceledOrder[]>;
  /**
   * See the function {@link cancelOrders}.
   *
   * @param orders The orders.
   * @param call Options of this call.
   * @example
   * const results = await client.cancelOrders(orders, { signal: AbortSignal.timeout(60_000) });
   */
  cancelOrders(orders: Iterable<OrderRef>, call?: BatchOptions): Promise<CancelResult[]>;
  /**
   * See the function {@link cancelByIds}.
   *
   * @param orders The orders.
   * @param call Options of this call.
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
   * @param filter The open orders.
   * @param call Options of this call.
   * @example
   * const { results, remaining } = await client.cancelAllOrders({ side: "bid" });
   */
  cancelAllOrders(filter: CancelFilter, call?: BatchOptions<OrderSummary>): Promise<CancelAllResult>;
  /**
   * See the function {@link cancelOpen}.
   *
   * @param filter The open orders.
   * @param call Options of this call.
   * @example
   * const { canceled, failed } = await client.cancelOpen({ everything: true });
   */
  cancelOpen(filter: CancelOpenFilter, call?: CallOptions): Promise<CancelOpenResult>;
  /**
   * See the function {@link getOrder}.
   *
   * @param order The order.
   * @param call Options of this call.
   * @example
   * const { state, executed_volume } = await client.getOrder({ identifier: "mine" });
   */
  getOrder(order: OrderRef, call?: CallOptions): Promise<Order>;
  /**
   * See the function {@link listOpenOrders}.
   *
   * @param filter The open orders.
   * @param call Options of this call.
   * @example
   * const scheduled = await client.listOpenOrders({ states: ["watch"] });
   */
  listOpenOrders(filter?: OrderFilter, call?: CallOptions): Promise<Order[]>;
  /**
   * See the function {@link previewRequest}.
   *
   * @param order The order.
   * @example
   * const { url } = await client.previewRequest({ uuid });
   */
  previewRequest(order: OrderRef): Promise<RequestPreview>;
  /**
   * See the function {@link previewRequest}.
   *
   * @param orders The orders.
   * @example
   * const previews = await client.previewRequest([{ uuid }, { identifier: "mine" }]);
   */
  previewRequest(orders: Iterable<OrderRef>): Promise<RequestPreview[]>;
  /**
   * Wipes the keys. A request in flight is completed but not retried. Later calls reject with `invalid_request`.
   *
   * @example
   * client.close();
   */
  close(): void;
  /**
   * Same as {@link close}, for `using`.
   *
   * @example
   * using client = new UpbitClient({ region: "sg", accessKey, secretKey });
   */
  [Symbol.dispose](): void;
}
