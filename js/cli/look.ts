// `list` and `status`: what is open, and what an order is now.
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
  const orders = await awaited(client.listOpenOrders(filter), "Listing open orders", output);
  if (orders.length === 0) output.note(`No open ${filterText(filter)}`);
  else if (output.screen) output.note(counted(orders.length, "open order"));
  return output.text(linesOf(orders, args.has("json"), output, isScheduled));
}

export async function status(args: Arguments, output: Output): Promise<number> {
  const { orders: wanted } = ordersFrom(args);
  const client = await openClient(args);
  const looks = wanted.map((order) => look(client, order));
  const looked = await awaited(Promise.all(looks), "Looking the orders up", output);
  const found = looked.flatMap(({ order }) => (order ? [order] : []));
  const written = await output.text(linesOf(found, args.has("json"), output, () => true));
  for (const { failure } of looked) if (failure) output.note(`${NAME}: ${failure}`);
  return found.length < looked.length ? 1 : written;
}

async function openClient(args: Arguments): Promise<UpbitClient> {
  const options = accountFrom(args, process.env);
  const { UpbitClient } = await import("upbit-cancel-order");
  return new UpbitClient(options);
}

async function look(client: UpbitClient, ref: OrderRef): Promise<{ order?: Order; failure?: string }> {
  try {
    return { order: await client.getOrder(ref) };
  } catch (error) {
    if (!isUpbitError(error)) throw error;
    return { failure: `${orderName(ref)}: ${errorText(error)}` };
  }
}

/** A result, with a moving line until it is there. */
export async function awaited<T>(result: Promise<T>, label: string, output: Output): Promise<T> {
  const line = new ProgressLine(output.screen, label);
  try {
    return await result;
  } finally {
    line.end();
  }
}

/** An order a line; on a terminal no line is wider than it. */
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

/** Of open orders only those that wait for their time are told apart. */
export function isScheduled({ state }: AnyOrder): boolean {
  return state === "watch";
}
