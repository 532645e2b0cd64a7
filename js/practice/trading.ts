// Trades, and the amounts and fees of orders, in exact decimal arithmetic.
import { randomUUID } from "node:crypto";
import type { Order, PartialOrder } from "./order.ts";

export interface Trade {
  market: string;
  uuid: string;
  price: string;
  volume: string;
  funds: string;
  trend: "up" | "down";
  created_at: string;
  side: string;
}

const DECIMALS = 18;
const ONE = 10n ** BigInt(DECIMALS);
/** The price of orders without a price. */
const MARKET_PRICE = "100";

/**
 * Adds fees (0.25 %), remaining volume and locked amount to an order. A buy order locks the quote currency and the fee; a sell order
 * locks the base currency, and its fee is taken from the proceeds.
 */
export function withSums(order: PartialOrder): PartialOrder {
  const { side, price = "0", volume = "1", executed_volume = "0", prevented_volume = "0" } = order;
  const left = minus(minus(volume, executed_volume), prevented_volume);
  const paid_fee = feeOf(times(price, executed_volume));
  const common = { ...order, ...(left !== volume && { remaining_volume: left }), paid_fee };
  if (side === "ask") return { ...common, locked: left };
  const sum = times(price, left);
  const remaining_fee = feeOf(sum);
  const reserved_fee = feeOf(times(price, volume));
  return { ...common, reserved_fee, remaining_fee, locked: plus(sum, remaining_fee) };
}

/**
 * Fills an open order, or half of its remaining volume. A market buy with a sum and no volume buys one unit for that sum. Upbit ends
 * such orders as `cancel`, not `done`, even if they are filled.
 */
export function trade(order: Order, part: "all" | "part"): { order: Order; trade: Trade } {
  const bySum = order.volume === undefined;
  const rest = bySum ? minus("1", order.executed_volume) : order.remaining_volume;
  const volume = part === "all" ? rest : half(rest);
  const made = tradeOf(order, volume);
  const fee = feeOf(made.funds);
  const spent = order.side === "bid" ? plus(made.funds, fee) : volume;
  const traded: Order = {
    ...order,
    ...(!bySum && { remaining_volume: minus(rest, volume) }),
    executed_volume: plus(order.executed_volume, volume),
    remaining_fee: order.side === "bid" ? minus(order.remaining_fee, fee) : order.remaining_fee,
    paid_fee: plus(order.paid_fee, fee),
    locked: minus(order.locked, spent),
    trades_count: order.trades_count + 1,
  };
  if (part === "part") return { order: traded, trade: made };
  const state = order.ord_type === "price" ? "cancel" : "done";
  return { order: { ...traded, state, remaining_fee: "0", locked: "0" }, trade: made };
}

/** The earlier trades of an order, which match its `trades_count` and executed volume. */
export function earlierTrades(order: Order): Trade[] {
  let rest = order.executed_volume;
  return Array.from({ length: order.trades_count }, (_, index) => {
    const volume = index === order.trades_count - 1 ? rest : half(rest);
    rest = minus(rest, volume);
    return tradeOf(order, volume);
  });
}

function tradeOf({ market, side, price = MARKET_PRICE, created_at }: Order, volume: string): Trade {
  const funds = times(price, volume);
  const trend = side === "bid" ? "up" : "down";
  return { market, uuid: randomUUID(), price, volume, funds, trend, created_at, side };
}

const plus = (a: string, b: string) => text(number(a) + number(b));
const times = (a: string, b: string) => text((number(a) * number(b)) / ONE);
const feeOf = (funds: string) => times(funds, "0.0025");
const half = (a: string) => text(number(a) / 2n);

/** Never below 0. Keeps all digits if nothing is subtracted. */
function minus(a: string, b: string) {
  if (b === "0") return a;
  const difference = number(a) - number(b);
  return text(difference < 0n ? 0n : difference);
}

function number(amount: string): bigint {
  const [whole = "", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.slice(0, DECIMALS).padEnd(DECIMALS, "0"));
}

function text(amount: bigint): string {
  const digits = String(amount).padStart(DECIMALS + 1, "0");
  return `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`.replace(/\.?0+$/, "");
}
