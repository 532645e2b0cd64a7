// The filter for open orders of `list`, `all` and `guard`.
import type { CancelFilter, Order, OrderFilter } from "upbit-cancel-order";
import type { Arguments } from "./arguments.ts";
import { UsageError } from "./failure.ts";
import { counted } from "./order-text.ts";
import { escaped, quoted } from "./terminal-text.ts";

const MARKET = /^[A-Z0-9]+-[A-Z0-9]+$/;

export function filterFrom(args: Arguments): OrderFilter {
  const markets = args.all("market");
  markets.forEach(checkMarket);
  const side = args.one("side");
  if (side !== undefined && side !== "ask" && side !== "bid") {
    throw new UsageError("Option '--side' must be ask (sell orders) or bid (buy orders)");
  }
  return { ...(markets.length > 0 && { markets: [...new Set(markets)] }), ...(side && { side }) };
}

/** A filter for canceling, which requires a market, a side or --everything. */
export function cancelFilterFrom(args: Arguments): CancelFilter {
  const filter = filterFrom(args);
  const named = Object.keys(filter).length > 0;
  if (args.has("everything")) {
    if (named) throw new UsageError("--everything cannot be combined with --market or --side");
    return { everything: true };
  }
  if (!named) throw new UsageError("No orders given: use --market MARKET, --side ask|bid, or --everything");
  return filter;
}

function checkMarket(market: string): void {
  if (MARKET.test(market)) return;
  const meant = market.toUpperCase().replace(/[/_: ]/, "-");
  const advice = MARKET.test(meant) ? `: did you mean ${meant}?` : ", such as SGD-BTC";
  throw new UsageError(`${quoted(market)} is not a market: QUOTE-BASE in capitals${advice}`);
}

/** A filter in words, for the end of a sentence. */
export function filterText({ markets, side }: CancelFilter): string {
  const where = markets === undefined ? "" : ` in ${markets.join(", ")}`;
  const what = { ask: "sell orders", bid: "buy orders" };
  return `${side === undefined ? "orders" : what[side]}${where}`;
}

/** Where orders are open, if none matches: `12 orders open in other markets or on the other side: SGD-BTC 10, SGD-ETH 2`. */
export function marketsText(orders: Order[]): string {
  if (orders.length === 0) return "There are no open orders.";
  const counts = new Map<string, number>();
  for (const { market = "" } of orders) counts.set(market, (counts.get(market) ?? 0) + 1);
  const markets = [...counts].map(([market, count]) => `${escaped(market)} ${count}`);
  return `${counted(orders.length, "order")} open in other markets or on the other side: ${markets.join(", ")}`;
}
