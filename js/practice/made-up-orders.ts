// Orders by the hundred: plain ones for tests, and a mixture for whoever tries out lists and batches.
import type { PartialOrder } from "./orders.ts";

const PLAIN_MARKETS = ["SGD-BTC", "SGD-ETH", "SGD-XRP", "IDR-BTC", "THB-ETH"];
const MIXED_MARKETS = ["SGD-BTC", "SGD-ETH", "BTC-XRP", "USDT-BTC", "USDT-ETH"];

/**
 * A limit order with one coin to buy or sell. Its price is 400 times its fee, so that a fee of 0.25 % is exact
 * without decimal arithmetic.
 */
export function madeUpOrder(index: number, side: string): PartialOrder {
  const fee = 10 + (index % 400);
  const created_at = secondsFrom(Date.UTC(2025, 6, 5), index);
  const market = nth(PLAIN_MARKETS, index);
  const order = { market, side, price: `${fee * 400}.00`, volume: "1.0", created_at };
  return side === "ask" ? { ...order, locked: "1.0" } : { ...order, ...bidFor(fee) };
}

/** What a bid has that costs so much in fees. */
function bidFor(fee: number): PartialOrder {
  const [price, reserved_fee] = [`${fee * 400}.00`, `${fee}`];
  return { side: "bid", price, reserved_fee, remaining_fee: reserved_fee, locked: `${fee * 401}` };
}

/**
 * One of every seven waits for its price (`watch`), one is a market buy, one is partly filled, and two have an
 * identifier. All are older than the documented orders, and so follow them in a list.
 */
export function mixedOrder(index: number): PartialOrder {
  const place = {
    market: nth(MIXED_MARKETS, index),
    created_at: secondsFrom(Date.UTC(2025, 6, 3), -index),
  };
  const order = { ...madeUpOrder(index, index % 2 === 0 ? "bid" : "ask"), ...place };
  switch (index % 7) {
    case 1:
      return { ...order, state: "watch" };
    case 3:
      return { ...bidFor(10 + (index % 400)), ord_type: "price", ...place };
    case 4:
      return partlyFilled(order);
    case 2:
    case 5:
      return { ...order, identifier: `practice-more-${index + 1}` };
    default:
      return order;
  }
}

/** Half of it; the price is even enough for halves to be exact. */
function partlyFilled(order: PartialOrder): PartialOrder {
  const [fee, sum] = [Number(order.price) / 400, Number(order.price)];
  const halves = { remaining_volume: "0.5", executed_volume: "0.5", paid_fee: `${fee / 2}`, trades_count: 1 };
  if (order.side === "ask") return { ...order, ...halves, locked: "0.5" };
  return { ...order, ...halves, remaining_fee: `${fee / 2}`, locked: `${(sum + fee) / 2}` };
}

function secondsFrom(start: number, seconds: number) {
  return new Date(start + seconds * 1000).toISOString().slice(0, 19);
}

function nth(markets: string[], index: number) {
  return markets[index % markets.length] ?? "SGD-BTC";
}
