// The three endpoints that look up orders.
import type { Call } from "./call.ts";
import { isAbout } from "./faults.ts";
import type { Order } from "./order.ts";
import { choice, count, exclusive, type Ids, ids, invalid, text } from "./parameters.ts";
import { type Answer, ok, Refusal } from "./refusal.ts";

const MOST_IDS = 100;
const LONGEST_PAGE = 100;
const OPEN_STATES = ["wait", "watch"];

/** Returns one order in any state, with its trades. */
export function getOrder(call: Call): Answer {
  const named = namedOrder(call, "invalid_parameter");
  const order = named === null ? null : shown(named, call);
  if (order === null) throw new Refusal(404, "order_not_found", "No order has this uuid or identifier.");
  return ok({ ...order, trades: call.orders.trades(order.uuid).slice(0, order.trades_count) });
}

/** Lists open orders in pages; orders in state `watch` only on request. */
export function listOpen(call: Call): Answer {
  const { params, orders } = call;
  exclusive(params, "state", "states[]");
  const states = params.get("states[]") ?? [choice(params, "state", ["wait", "watch"])];
  if (!states.every((state) => OPEN_STATES.includes(state))) throw invalid("states[] takes wait and watch.");
  const limit = count(params, "limit", LONGEST_PAGE, LONGEST_PAGE);
  const start = (count(params, "page", 1, Number.MAX_SAFE_INTEGER) - 1) * limit;
  const listed = list(orders.listed(), call).filter(({ state }) => states.includes(state));
  return ok(listed.slice(start, start + limit));
}

/** Returns up to 100 orders in any state, without their trades. Omits unknown ids. */
export function listByIds(call: Call): Answer {
  const { kind, values } = ids(call.params, MOST_IDS);
  const found = values.map((value) => orderNamed(kind, value, call)).filter((order) => order !== null);
  return ok(list([...new Set(found)], call));
}

/** Filters orders by market and sorts them. */
function list(orders: Order[], call: Call): Order[] {
  const market = call.params.get("market")?.[0];
  const direction = choice(call.params, "order_by", ["desc", "asc"]);
  const seen = orders.map((order) => shown(order, call)).filter((order) => order !== null);
  return sorted(
    seen.filter((order) => market === undefined || order.market === market),
    direction,
  );
}

/** The order that a request names; uuid takes precedence over identifier. Null if it is unknown. */
export function namedOrder(call: Call, codeWithout: string): Order | null {
  const [uuid, identifier] = [text(call.params, "uuid"), text(call.params, "identifier")];
  if (uuid !== undefined) return orderNamed("uuid", uuid, call);
  if (identifier !== undefined) return orderNamed("identifier", identifier, call);
  throw new Refusal(400, codeWithout, "Name the order: give uuid or identifier.");
}

export function orderNamed(kind: Ids["kind"], value: string, { orders, fault }: Call): Order | null {
  const order = orders.find(kind === "uuid" ? value : (orders.uuidOf(value) ?? ""));
  return order !== null && fault.notFound && isAbout(fault, order) ? null : order;
}

/** An order as the fault shows it: current, outdated, or not found. */
function shown(order: Order, { orders, fault }: Call): Order | null {
  if (!isAbout(fault, order)) return order;
  if (fault.notFound) return null;
  return fault.stale ? orders.before(order.uuid) : order;
}

/** Sorts by creation time; "desc" is newest first. */
export function sorted(orders: Order[], direction: "desc" | "asc"): Order[] {
  const newestFirst = orders.toSorted((a, b) =>
    a.created_at === b.created_at ? 0 : a.created_at < b.created_at ? 1 : -1,
  );
  return direction === "desc" ? newestFirst : newestFirst.reverse();
}
