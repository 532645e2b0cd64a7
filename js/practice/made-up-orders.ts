// Generates many orders: plain ones for tests, and mixed ones for `--orders`.
import type { PartialOrder } from "./order.ts";
import { withSums } from "./trading.ts";

const PLAIN_MARKETS = ["SGD-BTC", "SGD-ETH", "SGD-XRP", "IDR-BTC", "THB-ETH"];
const MIXED_MARKETS = ["SGD-BTC", "SGD-ETH", "BTC-XRP", "USDT-BTC", "USDT-ETH"];

/** A limit order for one unit. */
export function madeUpOrder(index: number, side: string): PartialOrder {
  return withSums({
    market: nth(PLAIN_MARKETS, index),
    side,
    price: priceOf(index),
    volume: "1.0",
    created_at: secondsFrom(Date.UTC(2025, 6, 5), index),
  });
}

/**
 * Of every seven orders, one is scheduled (`watch`), one is a market buy, one is partly filled, and two have an identifier. All are
 * older than the documented orders, so they follow them in a list.
 */
export function mixedOrder(index: number): PartialOrder {
  const base = {
    market: nth(MIXED_MARKETS, index),
    side: index % 2 === 0 ? "bid" : "ask",
    price: priceOf(index),
    created_at: secondsFrom(Date.UTC(2025, 6, 3), -index),
  };
  const order = { ...base, ord_type: "limit", volume: "1.0" };
  switch (index % 7) {
    case 1:
      return withSums({ ...order, state: "watch" });
    case 3:
      return withSums({ ...base, side: "bid", ord_type: "price" });
    case 4:
      return withSums({ ...order, executed_volume: "0.5", trades_count: 1 });
    case 2:
    case 5:
      return withSums({ ...order, identifier: `practice-more-${index + 1}` });
    default:
      return withSums(order);
  }
}

function priceOf(index: number) {
  return `${(10 + (index % 400)) * 400}.00`;
}

function secondsFrom(start: number, seconds: number) {
  return new Date(start + seconds * 1000).toISOString().slice(0, 19);
}

function nth(markets: string[], index: number) {
  return markets[index % markets.length] ?? "SGD-BTC";
}
