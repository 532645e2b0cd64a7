// The three endpoints that cancel.

import { randomUUID } from "node:crypto";
import type { Call } from "./call.ts";
import { isAbout } from "./faults.ts";
import { namedOrder, orderNamed, sorted } from "./lookups.ts";
import type { Order } from "./order.ts";
import { isOpen } from "./orders.ts";
import { choice, commaList, count, exclusive, ids } from "./parameters.ts";
import { type Answer, ok, Refusal } from "./refusal.ts";

/** An order in the answer to a cancellation of several orders. */
export type Summary = Pick<Order, "uuid" | "market" | "identifier">;

interface Part {
  count: number;
  orders: Summary[];
}

export interface Batch {
  success: Part;
  failed: Part;
}

const MOST_IDS = 20;
const MOST_PAIRS = 20;
const MOST_ORDERS = 300;

export function batchOf(success: Summary[], failed: Summary[]): Batch {
  return {
    success: { count: success.length, orders: success },
    failed: { count: failed.length, orders: failed },
  };
}

/** Cancels one order. Answers an array of the order before the cancellation. */
export function cancelOrder(call: Call): Answer {
  const order = namedOrder(call, "validation_error");
  if (order === null) throw notFound();
  const refusal = refusalOf(order, call);
  if (refusal !== null) throw refusal;
  return ok([order]);
}

/** Cancels up to 20 orders by uuids or identifiers, in either open state. */
export function cancelByIds(call: Call): Answer {
  const { kind, values } = ids(call.params, MOST_IDS);
  const [success, failed]: [Summary[], Summary[]] = [[], []];
  const seen = new Set<string>();
  for (const value of values) {
    const order = orderNamed(kind, value, call);
    if (order === null) {
      if (call.switches.unknownIds === "failed") failed.push(unknown(kind, value));
    } else if (!seen.has(order.uuid)) {
      seen.add(order.uuid);
      (refusalOf(order, call) === null ? success : failed).push(summary(order));
    }
  }
  return ok(batchOf(success, failed));
}

/** Cancels the newest (or oldest) open orders that match the filters; only orders in state `wait`. */
export function cancelOpen(call: Call): Answer {
  const { params, orders } = call;
  exclusive(params, "pairs", "quote_currencies");
  const side = choice(params, "cancel_side", ["all", "ask", "bid"]);
  const pairs = commaList(params, "pairs", MOST_PAIRS);
  const quotes = commaList(params, "quote_currencies", Number.MAX_SAFE_INTEGER);
  const excluded = commaList(params, "excluded_pairs", MOST_PAIRS) ?? [];
  const most = count(params, "count", 20, MOST_ORDERS);
  const direction = choice(params, "order_by", ["desc", "asc"]);
  const isMeant = ({ state, market, ...order }: Order) =>
    state === "wait" &&
    (side === "all" || side === order.side) &&
    (pairs?.includes(market) ?? true) &&
    (quotes?.includes(market.split("-")[0] ?? "") ?? true) &&
    !excluded.includes(market);
  const meant = sorted(orders.listed().filter(isMeant), direction).slice(0, most);
  if (meant.length === 0) throw notFound();
  const refused = new Set(meant.filter((order) => refusalOf(order, call) !== null));
  const success = meant.filter((order) => !refused.has(order));
  return ok(batchOf(success.map(summary), [...refused].map(summary)));
}

/** Cancels an order, or returns why not. */
function refusalOf(order: Order, { orders, fault }: Call): Refusal | null {
  const isAffected = isAbout(fault, order);
  if (!isOpen(order)) return notFound();
  const effects = { ...orders.behavior(order.uuid), ...(isAffected && fault) };
  if (effects.refused !== undefined) {
    const { status, name } = effects.refused;
    return new Refusal(status, name, "The practice exchange refuses to cancel this order.");
  }
  orders.cancel(order.uuid, effects);
  return null;
}

function summary({ uuid, market, identifier }: Order): Summary {
  return { uuid, market, ...(identifier !== undefined && { identifier }) };
}

/** Every entry has a uuid and a market. For an unknown order, they are made up. */
function unknown(kind: "uuid" | "identifier", value: string): Summary {
  return kind === "uuid"
    ? { uuid: value, market: "SGD-BTC" }
    : { uuid: randomUUID(), market: "SGD-BTC", identifier: value };
}

function notFound() {
  return new Refusal(404, "order_not_found", "No open order has this uuid or identifier.");
}
