// Formats results as text and as JSON lines.
import type { CancelResult, OrderRef, OrderSummary, UpbitError } from "upbit-cancel-order";
import { orderName } from "../order-lines.ts";
import { messageOf } from "./failure.ts";
import { orderText } from "./order-text.ts";
import { colored, escaped, jsonText, padEnd, sideBySide, type Verdict, widthOf } from "./terminal-text.ts";

/** The fields of an `UpbitError`, or of an error of the command line itself. */
export type ReportedError = Pick<
  UpbitError,
  "kind" | "outcome" | "status" | "code" | "message" | "hint" | "retryAfterMs" | "attempts"
> & { order?: OrderSummary | null };

export type ReportedResult =
  | Extract<CancelResult<OrderSummary>, { ok: true }>
  | { ok: false; request: OrderRef; error: ReportedError };

const ABORTED = { kind: "aborted", status: null, code: null, retryAfterMs: null } as const;

/** The command was stopped before the order was sent. */
export const NOT_SENT: ReportedError = {
  ...ABORTED,
  outcome: "not_canceled",
  message: "not sent, because the command was stopped",
  hint: "The order is unchanged.",
  attempts: 0,
};

/** The command exited while the request may have been in flight. */
export const NO_RESPONSE: ReportedError = {
  ...ABORTED,
  outcome: "unknown",
  message: "the command exited before the response arrived",
  hint: "Check your open orders.",
  attempts: 1,
};

export function verdictOf(result: ReportedResult): Verdict {
  if (result.ok) return "canceled";
  return result.error.outcome === "unknown" ? "UNKNOWN" : "not canceled";
}

/** A CancelResult as JSON, with the error's message. */
export function jsonLine(result: ReportedResult): string {
  if (result.ok) return jsonText(result);
  const { kind, outcome, status, code, message, hint, retryAfterMs, attempts, order } = result.error;
  const facts = { kind, outcome, status, code, message, hint, retryAfterMs, attempts };
  const { request } = result;
  return jsonText({ ok: false, request, error: order ? { ...facts, order } : facts });
}

/**
 * Creates a function that formats the results of a run as text.
 *
 * @param columns Width of the terminal.
 * @param known More fields of an order that are known in advance.
 */
export function textLines(
  requests: OrderRef[],
  color: boolean,
  columns: number,
  known: (name: string) => object | undefined,
) {
  const width = Math.max(...requests.map((request) => widthOf(nameOf(request))), 0);
  return (result: ReportedResult): string => {
    const order = { ...known(orderName(result.request)), ...orderOf(result) };
    const verdict = verdictOf(result);
    const name = padEnd(nameOf(result.request), width);
    const market = order.market === undefined ? "" : `  ${padEnd(escaped(order.market), 9)}`;
    const what = result.ok ? orderText(order) : failureText(result.error, requests.length === 1);
    const end = color ? colored(verdict) : verdict;
    return sideBySide(name + market, what === "" ? end : `${end}: ${what}`, columns);
  };
}

function nameOf({ uuid, identifier }: OrderRef): string {
  return uuid ?? `identifier=${escaped(identifier ?? "")}`;
}

function orderOf(result: ReportedResult): Partial<OrderSummary> {
  return (result.ok ? result.order : result.error.order) ?? {};
}

/** With several orders, a short text; the summary has the full reasons. */
function failureText(error: ReportedError, alone: boolean): string {
  const { kind, code, attempts, order } = error;
  if (alone) return reasonText(error);
  if (kind === "filled") return `filled: ${orderText(order ?? {})}`;
  const notSent = attempts === 0 ? "not sent" : null;
  return escaped(code ?? notSent ?? kind.replaceAll("_", " "));
}

function reasonText(error: ReportedError): string {
  const message = messageOf(error);
  const { hint } = error;
  return escaped(hint === null ? message : `${message}${/[.!?]$/.test(message) ? "" : "."} ${hint}`);
}

/** The lines of the summary. */
export function summaryOf(results: ReportedResult[]): string[] {
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
