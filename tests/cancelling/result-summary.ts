// Short summaries of results and requests, to compare many at once. Tests here pass a message to `assert.ok`: without one, Node
// searches the expression in the compiled file, which takes minutes if the file is one line.
import assert from "node:assert/strict";
import type { CancelResult, OrderRef, OrderSummary, UpbitError } from "upbit-cancel-order";
import type { Exchange } from "../../js/practice/exchange.ts";

/** Kind, outcome, and Upbit's code if there is one. */
export const fault = ({ kind, outcome, code }: UpbitError) =>
  [kind, outcome, ...(code === null ? [] : [code])].join(", ");

/** "canceled", or a summary of the error. */
export const summaryOf = (result: CancelResult<OrderSummary>) =>
  result.ok ? "canceled" : fault(result.error);

/** Counts the results by summary. */
export function tally(results: CancelResult<OrderSummary>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of results.map(summaryOf)) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** Checks that there is one result per entry, in order, with the same object as `request`. */
export function assertRequests(results: CancelResult<OrderSummary>[], entries: OrderRef[]) {
  assert.equal(results.length, entries.length);
  for (const [index, { request }] of results.entries()) assert.equal(request, entries[index]);
}

/** The requests that arrived: method, path, and the number of orders. */
export const arrived = ({ requests }: Exchange) =>
  requests.map(({ method, path, names }) =>
    names.length === 0 ? `${method} ${path}` : `${method} ${path} ${names.length}`,
  );

/** How many requests of one endpoint arrived. */
export const countOf = ({ requests }: Exchange, endpoint: string) =>
  requests.filter(({ method, path }) => `${method} ${path}` === endpoint).length;

/** The error of a rejected promise. */
export async function rejection(promise: Promise<unknown>): Promise<UpbitError> {
  try {
    await promise;
  } catch (error) {
    return error as UpbitError;
  }
  throw new assert.AssertionError({ message: "The call resolved" });
}

export const refs = (orders: { uuid: string }[]) => orders.map(({ uuid }) => ({ uuid }));

/** Checks results against the exchange: canceled orders have ended, and no other order was canceled. */
export function assertMatchesExchange({ orders }: Exchange, results: CancelResult<OrderSummary>[]) {
  for (const result of results) {
    const uuid = result.request.uuid ?? orders.uuidOf(result.request.identifier ?? "") ?? "";
    if (result.ok) assert.equal(orders.isOpen(uuid), false, `${uuid} is reported as canceled`);
    else if (result.error.outcome === "not_canceled")
      assert.equal(orders.cancelCount(uuid), 0, summaryOf(result));
  }
}

/** An error in Upbit's format. */
export const answer = (status: number, name: string) => ({
  status,
  body: { error: { name, message: "A message." } },
});
