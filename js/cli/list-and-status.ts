// `list` and `status`.
import type { Order, OrderRef, UpbitClient } from "upbit-cancel-order";
import { orderName } from "../order-lines.ts";
import type { Arguments } from "./arguments.ts";
import { accountFrom } from "./environment.ts";
import { errorText, isUpbitError, NAME } from "./failure.ts";
import { filterFrom, filterText } from "./order-filter.ts";
import { ordersFrom } from "./order-sources.ts";
import { type AnyOrder, counted, orderTable } from "./order-text.ts";
import type { Output } from "./output.ts";
import { ProgressLine } from "./progress-line.ts";
import { cut, jsonText } from "./terminal-text.ts";

export async function list(args: Arguments, output: Output): Promise<number> {
  args.refuseOperands();
  const filter = filterFrom(args);
  const client = await openClient(args);
  const orders = await withProgress(client.listOpenOrders(filter), "Listing open orders", output);
  if (orders.length === 0) output.note(`No open ${filterText(filter)}`);
  else if (output.screen) output.note(counted(orders.length, "open order"));
  return output.text(linesOf(orders, args.has("json"), output, isScheduled));
}

export async function status(args: Arguments, output: Output): Promise<number> {
  const { orders: wanted } = ordersFrom(args);
  const client = await openClient(args);
  const lookups = wanted.map((order) => lookUp(client, order));
  const results = await withProgress(Promise.all(lookups), "Looking up orders", output);
  const found = results.flatMap(({ order }) => (order ? [order] : []));
  const written = await output.text(linesOf(found, args.has("json"), output, () => true));
  for (const { failure } of results) if (failure) output.note(`${NAME}: ${failure}`);
  return found.length < results.length ? 1 : written;
}

async function openClient(args: Arguments): Promise<UpbitClient> {
  const options = accountFrom(args, process.env);
  const { UpbitClient } = await import("upbit-cancel-order");
  return new UpbitClient(options);
}

async function lookUp(client: UpbitClient, ref: OrderRef): Promise<{ order?: Order; failure?: string }> {
  try {
    return { order: await client.getOrder(ref) };
  } catch (error) {
    if (!isUpbitError(error)) throw error;
    return { failure: `${orderName(ref)}: ${errorText(error)}` };
  }
}

/** Shows a progress line until the promise is settled. */
export async function withProgress<T>(result: Promise<T>, label: string, output: Output): Promise<T> {
  const line = new ProgressLine(output.screen, label);
  try {
    return await result;
  } finally {
    line.end();
  }
}

/** One line per order, cut to the width of a terminal. */
export function linesOf(
  orders: AnyOrder[],
  json: boolean,
  output: Output,
  showState: (order: AnyOrder) => boolean,
): string {
  const lines = json
    ? orders.map(jsonText)
    : orderTable(orders, showState).map((line) => cut(line, output.width));
  return lines.map((line) => `${line}\n`).join("");
}

/** Among open orders, only scheduled ones show their state. */
export function isScheduled({ state }: AnyOrder): boolean {
  return state === "watch";
}
