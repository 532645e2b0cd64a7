/// <reference lib="esnext.disposable" />
/**
 * Cancels orders on Upbit and says exactly what became of them.
 *
 * Source of the endpoint and of the fields: https://global-docs.upbit.com/reference/order-cancel
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

/** Which order to cancel: at least one of the two. With both, Upbit goes by `uuid`, and only it is sent. */
export interface OrderRef {
  /** Upbit's own identifier: 32 hexadecimal digits in groups of 8-4-4-4-12. */
  uuid?: string;
  /** The identifier that you chose when you placed the order: any text that is not empty. */
  identifier?: string;
}

/** Keys and settings of a client, or of a single call. */
export interface ClientOptions {
  /** Access key, as Upbit issued it. */
  accessKey: string;
  /** Secret key, as Upbit issued it: the text itself, although it looks like Base64. */
  secretKey: string;
  /** The exchange that issued the keys. Exactly one of `region` and `baseUrl` is given; there is no default. */
  region?: Region;
  /**
   * Where to send instead, for a relay or a test server: an `https:` URL, or an `http:` one on this machine
   * (`localhost`, `127.0.0.0/8`, `[::1]`). A path is kept and `/v1/order` added to it. A user name, password,
   * query or fragment is refused.
   */
  baseUrl?: string;
  /** How tokens are signed. Default `"HS512"`, which Upbit recommends; its own SDKs use `"HS256"`. */
  algorithm?: "HS512" | "HS256";
  /**
   * Limit of one attempt in milliseconds, from the connection to the last byte of the answer. Waits between
   * attempts do not count. Above 0, at most 2147483647; default 10000.
   */
  timeoutMs?: number;
  /** How many times a failed attempt may be repeated. A whole number of at least 0; default 2. */
  maxRetries?: number;
}

/** Settings of one call, which go before those of the client. */
export interface CallOptions {
  /** Ends the call at once when it is aborted: waits, and a request under way. */
  signal?: AbortSignal;
  /** See {@link ClientOptions.timeoutMs}. */
  timeoutMs?: number;
  /** See {@link ClientOptions.maxRetries}. In a batch, repeats for the rate limit (429) do not count. */
  maxRetries?: number;
}

/** Settings of a batch. */
export interface BatchOptions extends CallOptions {
  /**
   * Called after every entry, in the order in which they end. What it throws is ignored.
   *
   * @param progress How far the batch is, with the entry that has just ended.
   */
  onProgress?: (progress: Progress) => void;
}

/** How far a batch is. */
export interface Progress {
  /** Entries that have ended: `canceled` plus `failed`. */
  done: number;
  /** All entries. */
  total: number;
  /** Entries whose cancellation Upbit accepted. */
  canceled: number;
  /** Entries that ended with an error. */
  failed: number;
  /** The entry that has just ended. */
  last: CancelResult;
}

/** What became of one entry of a batch. */
export type CancelResult =
  | {
      /** Upbit accepted the cancellation. */
      ok: true;
      /** The entry as it was given. */
      request: OrderRef;
      /** The order as Upbit answered. */
      order: CanceledOrder;
    }
  | {
      /** The cancellation is not certain; `error.outcome` says whether it may have happened. */
      ok: false;
      /** The entry as it was given. */
      request: OrderRef;
      /** Why. */
      error: UpbitError;
    };

/** A text that is one of those known, or one that Upbit adds one day. */
type Open<Known extends string> = Known | (string & {});

/**
 * An order whose cancellation Upbit has accepted, as it was at that moment: it can still fill meanwhile.
 *
 * Amounts are decimal text, digit for digit as Upbit sent them. Fields that are not listed here are passed on
 * too; a number in them that has too many digits for a JavaScript number is given as text.
 */
export interface CanceledOrder {
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
  /** State before the cancellation. `wait`: open; `watch`: scheduled. */
  state: Open<"wait" | "watch">;
  /** When the order was placed, in UTC; such as `2025-07-04T15:00:00`. */
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
  /** Amount or funds that the open order held. */
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
  /** Whatever else Upbit sends. */
  [field: string]: unknown;
}

/** The request that a cancellation would send, but for the signature. */
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

/** Why an order was not canceled for certain. It holds no key, token or request. */
export class UpbitError extends Error {
  private constructor();
  /** Always `"UpbitError"`. */
  readonly name: "UpbitError";
  /**
   * What went wrong.
   *
   * - `invalid_request`: an argument is wrong, or the client is closed. Nothing was sent.
   * - `rejected`: Upbit will not cancel (4xx); `code` says why.
   * - `rate_limited`: too many requests (429), or blocked for having gone on (418).
   * - `server`: Upbit failed to answer properly (408, 5xx).
   * - `network`: the connection could not be made, or was lost.
   * - `timeout`: no complete answer within `timeoutMs`.
   * - `aborted`: your signal was aborted.
   * - `bad_response`: a redirect, or a 2xx answer that cannot be understood.
   */
  readonly kind:
    | "invalid_request"
    | "rejected"
    | "rate_limited"
    | "server"
    | "network"
    | "timeout"
    | "aborted"
    | "bad_response";
  /**
   * May this call have canceled the order? `not_canceled`: no request of it did. `unknown`: one may have
   * reached Upbit and its answer is not known; look at your open orders.
   */
  readonly outcome: "not_canceled" | "unknown";
  /** HTTP status of the last answer; `null` if none came. */
  readonly status: number | null;
  /** Upbit's `error.name` in the last answer, such as `order_not_found`; `null` if it had none. */
  readonly code: string | null;
  /** What you can do about it; `null` where the message says it all. */
  readonly hint: string | null;
  /** How long Upbit asked to wait, in milliseconds; `null` if it did not. */
  readonly retryAfterMs: number | null;
  /** Requests sent. */
  readonly attempts: number;
}

/**
 * Cancels one order.
 *
 * @param order Which order.
 * @param options Keys, and settings of this call.
 * @returns An array of one order, as Upbit documents it: the order as it was when Upbit accepted the cancellation.
 * @throws {UpbitError} of any kind; see {@link UpbitError.kind} and {@link UpbitError.outcome}.
 * @see https://global-docs.upbit.com/reference/order-cancel
 */
export function cancelOrder(order: OrderRef, options: ClientOptions & CallOptions): Promise<CanceledOrder[]>;

/**
 * Cancels many orders, within Upbit's 30 requests a second. After a block (418) or an abort nothing more is sent,
 * and the rest is reported as such.
 *
 * @param orders Which orders; read once, before the first request.
 * @param options Keys, and settings of this batch.
 * @returns One result for each entry, in the order given.
 * @throws {UpbitError} of kind `invalid_request` if the options are wrong; never for the failure of an entry.
 * @see https://global-docs.upbit.com/reference/rate-limits
 */
export function cancelOrders(
  orders: Iterable<OrderRef>,
  options: ClientOptions & BatchOptions,
): Promise<CancelResult[]>;

/**
 * Tells what {@link cancelOrder} would send, and sends nothing.
 *
 * @param order Which order.
 * @param options Keys and settings.
 * @returns Method, URL and claims, without a signature.
 * @throws {UpbitError} of kind `invalid_request` if an argument is wrong.
 * @see https://global-docs.upbit.com/reference/auth
 */
export function previewRequest(order: OrderRef, options: ClientOptions): Promise<RequestPreview>;

/** Keys and settings for many calls. Calls of one account share one budget of requests, whichever client makes them. */
export class UpbitClient {
  /**
   * @param options Keys and settings of all calls.
   * @throws {UpbitError} of kind `invalid_request` if an option is wrong.
   */
  constructor(options: ClientOptions);
  /**
   * Cancels one order. See the function {@link cancelOrder}.
   *
   * @param order Which order.
   * @param call Settings of this call.
   * @returns An array of one order.
   * @throws {UpbitError} of any kind.
   */
  cancelOrder(order: OrderRef, call?: CallOptions): Promise<CanceledOrder[]>;
  /**
   * Cancels many orders. See the function {@link cancelOrders}.
   *
   * @param orders Which orders.
   * @param call Settings of this batch.
   * @returns One result for each entry, in the order given.
   * @throws {UpbitError} of kind `invalid_request` if an argument is wrong, or the client is closed.
   */
  cancelOrders(orders: Iterable<OrderRef>, call?: BatchOptions): Promise<CancelResult[]>;
  /** Wipes the keys. A request under way comes to its end and is not repeated; later calls reject. */
  close(): void;
  /** The same as {@link close}, for `using`. */
  [Symbol.dispose](): void;
}

// Without an export of this kind, everything in a file of types is exported.
export {};
