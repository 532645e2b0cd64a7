// What results and requests say, in short, so that many can be compared at one glance. Tests here give `assert.ok` a
// message: without one, Node looks for the expression in the compiled file, which takes minutes where that is one line.
import assert from "node:assert/strict";
import type { CancelResult, OrderRef, OrderSummary, UpbitError } from "upbit-cancel-order";
import type { Exchange } from "../../js/practice/exchange.ts";

/** Kind and outcome, and Upbit's code where there is one. */
export const fault = ({ kind, outcome, code }: UpbitError) =>
  [kind, outcome, ...(code === null ? [] : [code])].join(", ");

/** "canceled", or what the error says. */
export const told = (result: CancelResult<OrderSummary>) => (result.ok ? "canceled" : fault(result.error));

/** How often each was told. */
export function tally(results: CancelResult<OrderSummary>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of results.map(told)) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** One result for each entry, in the order given, about the very object that was given. */
export function assertRequests(results: CancelResult<OrderSummary>[], entries: OrderRef[]) {
  assert.equal(results.length, entries.length);
  for (const [index, { request }] of results.entries()) assert.equal(request, entries[index]);
}

/** What arrived: method, path, and how many names of orders. */
export const arrived = ({ requests }: Exchange) =>
  requests.map(({ method, path, names }) =>
    names.length === 0 ? `${method} ${path}` : `${method} ${path} ${names.length}`,
  );

/** How many requests of one endpoint arrived. */
export const countOf = ({ requests }: Exchange, endpoint: string) =>
  requests.filter(({ method, path }) => `${method} ${path}` === endpoint).length;

/** The kinds and texts of a rejection. */
export async function rejection(promise: Promise<unknown>): Promise<UpbitError> {
  try {
    await promise;
  } catch (error) {
    return error as UpbitError;
  }
  throw new assert.AssertionError({ message: "The call fulfils" });
}

export const refs = (orders: { uuid: string }[]) => orders.map(({ uuid }) => ({ uuid }));

/** Nothing is told that is not so: what was canceled has ended, and what was not is open. */
export function assertTruth({ orders }: Exchange, results: CancelResult<OrderSummary>[]) {
  for (const result of results) {
    const uuid = result.request.uuid ?? orders.uuidOf(result.request.identifier ?? "") ?? "";
    if (result.ok) assert.equal(orders.isOpen(uuid), false, `${uuid} is told as canceled`);
    else if (result.error.outcome === "not_canceled") assert.equal(orders.cancelCount(uuid), 0, told(result));
  }
}

/** An error of Upbit's. */
export const answer = (status: number, name: string) => ({
  status,
  body: { error: { name, message: "So it is." } },
});
