// What became of each order: in words for people, and as JSON lines for scripts.
import type { CancelResult, OrderRef, OrderSummary, UpbitError } from "upbit-cancel-order";
import { orderName } from "../order-lines.ts";
import { messageOf } from "./failure.ts";
import { orderText } from "./order-text.ts";
import { beside, escaped, jsonText, padEnd, painted, type Verdict, widthOf } from "./terminal-text.ts";

/** The facts of an `UpbitError`; the command line has a few of its own. */
export type ToldError = Pick<
  UpbitError,
  "kind" | "outcome" | "status" | "code" | "message" | "hint" | "retryAfterMs" | "attempts"
> & { order?: OrderSummary | null };

export type ToldResult =
  | Extract<CancelResult<OrderSummary>, { ok: true }>
  | { ok: false; request: OrderRef; error: ToldError };

const NO_ANSWER = { kind: "aborted", status: null, code: null, retryAfterMs: null } as const;

/** The command was stopped before the turn of an order. */
export const NOT_SENT: ToldError = {
  ...NO_ANSWER,
  outcome: "not_canceled",
  message: "not sent: the command was stopped before its turn",
  hint: "The order is as it was.",
  attempts: 0,
};

/** The command was ended while the order may have been under way. */
export const LEFT: ToldError = {
  ...NO_ANSWER,
  outcome: "unknown",
  message: "the command was ended before there was an answer",
  hint: "Look at your open orders.",
  attempts: 1,
};

export function verdictOf(result: ToldResult): Verdict {
  if (result.ok) return "canceled";
  return result.error.outcome === "unknown" ? "UNKNOWN" : "not canceled";
}

/** A CancelResult; of an error its fields and the message. */
export function jsonLine(result: ToldResult): string {
  if (result.ok) return jsonText(result);
  const { kind, outcome, status, code, message, hint, retryAfterMs, attempts, order } = result.error;
  const facts = { kind, outcome, status, code, message, hint, retryAfterMs, attempts };
  const { request } = result;
  return jsonText({ ok: false, request, error: order ? { ...facts, order } : facts });
}

/**
 * Lines in words for a run, the name of each order in a column of its own.
 *
 * @param columns Of the terminal.
 * @param known What is known of an order beside its result.
 */
export function wordsFor(
  requests: OrderRef[],
  color: boolean,
  columns: number,
  known: (name: string) => object | undefined,
) {
  const width = Math.max(...requests.map((request) => widthOf(nameOf(request))), 0);
  return (result: ToldResult): string => {
    const order = { ...known(orderName(result.request)), ...orderOf(result) };
    const verdict = verdictOf(result);
    const name = padEnd(nameOf(result.request), width);
    const market = order.market === undefined ? "" : `  ${padEnd(escaped(order.market), 9)}`;
    const what = result.ok ? orderText(order) : failureText(result.error, requests.length === 1);
    const end = color ? painted(verdict) : verdict;
    return beside(name + market, what === "" ? end : `${end}: ${what}`, columns);
  };
}

function nameOf({ uuid, identifier }: OrderRef): string {
  return uuid ?? `identifier=${escaped(identifier ?? "")}`;
}

function orderOf(result: ToldResult): Partial<OrderSummary> {
  return (result.ok ? result.order : result.error.order) ?? {};
}

/** Of many, only what differs; the reasons follow once, with the number of orders. */
function failureText(error: ToldError, alone: boolean): string {
  const { kind, code, attempts, order } = error;
  if (alone) return reasonText(error);
  if (kind === "filled") return `filled: ${orderText(order ?? {})}`;
  const notSent = attempts === 0 ? "not sent" : null;
  return escaped(code ?? notSent ?? kind.replaceAll("_", " "));
}

function reasonText(error: ToldError): string {
  const message = messageOf(error);
  const { hint } = error;
  return escaped(hint === null ? message : `${message}${/[.!?]$/.test(message) ? "" : "."} ${hint}`);
}

/** What the results add up to, a line each. */
export function summaryOf(results: ToldResult[]): string[] {
  const canceled = results.filter(({ ok }) => ok).length;
  const reasons = new Map<string, number>();
  for (const result of results) {
    if (result.ok) continue;
    const reason = `${verdictOf(result)}: ${reasonText(result.error)}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const failures = [...reasons].map(([reason, count]) => `${count} ${reason}`);
  return [`${canceled} of ${results.length} canceled`, ...failures];
}
