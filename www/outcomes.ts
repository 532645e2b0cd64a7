// The outcomes of orders as the page shows them, and their reasons.
import { duration } from "./formats.ts";
import { t } from "./language.ts";
import type { Texts } from "./texts/english.ts";
import type { CancelResult, Order, OrderRef, OrderSummary, UpbitError } from "./upbit-cancel-order.js";

/** `canceled` was confirmed by a lookup, `accepted` was not. `still_open` comes from a later lookup. */
export type Outcome =
  | "canceled"
  | "accepted"
  | "filled"
  | "still_open"
  | "not_canceled"
  | "not_sent"
  | "unknown";
/** The filters of the results. */
export type Group = "canceled" | "not_canceled" | "unknown";
export type ReasonName = keyof Texts["reasons"];

/** Region and account of a request, without the key, because results are kept. */
export interface Place {
  region: keyof Texts["regions"];
  keyEnding: string;
}

export interface Entry {
  request: OrderRef;
  place: Place;
  at: Date;
  outcome: Outcome;
  /** Null if the order was canceled. */
  reason: ReasonName | null;
  order: OrderSummary | null;
  error: UpbitError | null;
  /** When this tab has already canceled the order before. */
  canceledBefore: Date | null;
}

/** @param confirmed whether the order was looked up until it had ended */
export function entryOfResult(result: CancelResult<OrderSummary>, place: Place, confirmed: boolean): Entry {
  const facts = { request: result.request, place, at: new Date(), canceledBefore: null };
  if (result.ok) {
    const outcome = confirmed ? "canceled" : "accepted";
    return { ...facts, outcome, reason: null, order: result.order, error: null };
  }
  const { error } = result;
  return { ...facts, outcome: outcomeOf(error), reason: reasonOf(error), order: error.order ?? null, error };
}

/** @param order from a later lookup */
export function entryOfLookup(before: Entry, order: Order): Entry {
  const outcome = outcomeOfLookup(order);
  return {
    ...before,
    at: new Date(),
    outcome,
    reason: outcome === "canceled" ? null : outcome,
    order,
    error: null,
  };
}

function outcomeOf({ kind, outcome, attempts }: UpbitError): Exclude<Outcome, "canceled" | "accepted"> {
  if (outcome === "unknown") return "unknown";
  if (kind === "filled") return "filled";
  return attempts === 0 ? "not_sent" : "not_canceled";
}

function outcomeOfLookup(order: Order): "canceled" | "filled" | "still_open" {
  if (order.state === "done") return "filled";
  if (order.state !== "cancel") return "still_open";
  // Upbit ends a market buy that was filled as `cancel`.
  const isExecuted = order.trades_count > 0 || (order.trades ?? []).length > 0 || wasPartlyFilled(order);
  return order.ord_type === "price" && isExecuted ? "filled" : "canceled";
}

export function groupOf(outcome: Outcome): Group {
  if (outcome === "canceled" || outcome === "accepted") return "canceled";
  return outcome === "unknown" ? "unknown" : "not_canceled";
}

export function wasPartlyFilled(
  order: OrderSummary | null,
): order is OrderSummary & { executed_volume: string } {
  return /[1-9]/.test(order?.executed_volume ?? "");
}

/** Error codes with a specific reason. */
const BY_CODE: Readonly<Record<string, ReasonName>> = {
  order_not_found: "order_not_found",
  validation_error: "bad_id",
  invalid_parameter: "bad_id",
  invaild_parameter: "bad_id",
  QUERY_PARAMETER_NOT_SUPPORTED: "changed_on_the_way",
  invalid_query_payload: "changed_on_the_way",
  "V1::Exceptions::InvalidQueryPayload": "changed_on_the_way",
  no_authorization_token: "changed_on_the_way",
  jwt_verification: "wrong_secret",
  invalid_access_key: "wrong_access_key",
  expired_access_key: "expired_key",
  no_authorization_ip: "address_not_allowed",
  no_authorization_i_p: "address_not_allowed",
  out_of_scope: "cannot_cancel",
  thirdparty_agreement_required: "agreement",
  market_offline: "market_offline",
  nonce_used: "nonce_used",
};

/** The reason of a failed cancellation or lookup. The page has its own texts instead of the package's messages. */
export function reasonOf(error: UpbitError): ReasonName {
  const { kind, outcome, status, code, attempts } = error;
  const known = BY_CODE[code ?? ""];
  switch (kind) {
    case "invalid_request":
      return "bad_key_text";
    case "rejected":
      if (outcome === "unknown" && code !== "nonce_used") return "lost_then_refused";
      return known ?? (status === 401 || status === 403 ? "key_refused" : "refused");
    case "rate_limited":
      return status === 418 || (status === null && (error.retryAfterMs ?? 0) > 0)
        ? "blocked"
        : "rate_limited";
    case "server":
      return known ?? "server";
    case "network":
      // The relay guarantees that nothing was sent.
      return outcome === "not_canceled" ? "not_reached" : "connection_lost";
    case "aborted":
      return attempts === 0 ? "not_sent" : "stopped";
    case "bad_response":
      // Browsers hide the status of a redirect.
      return status === null ? "redirect" : "bad_response";
    case "unconfirmed":
      return code === "out_of_scope" ? "unconfirmed_no_look" : "unconfirmed";
    default:
      return kind;
  }
}

/** The reason why open orders could not be listed. */
export function reasonOfList(error: UpbitError): ReasonName {
  if (error.code === "out_of_scope") return "cannot_list";
  if (error.kind === "network") return "no_connection";
  const reason = reasonOf(error);
  return reason === "server" || reason === "bad_response" || reason === "timeout" ? "read_failed" : reason;
}

/** Technical details of an error. */
export function factsOf({ kind, code, status, attempts, retryAfterMs }: UpbitError): string {
  const facts = [
    kind,
    code,
    status === null ? null : `HTTP ${status}`,
    t.requestsSent(attempts),
    retryAfterMs === null ? null : t.wait(duration(retryAfterMs)),
  ];
  return facts.filter((fact) => fact !== null).join(" · ");
}
