// Formats orders as text. Amounts keep the digits that Upbit sent.
import type { Order } from "upbit-cancel-order";
import { columns, escaped } from "./terminal-text.ts";

/** Upbit may leave out any field but the UUID. */
export type AnyOrder = Partial<Order>;

const SIDES: Record<string, string> = { bid: "buy", ask: "sell" };
const STATES: Record<string, string> = {
  wait: "open",
  watch: "scheduled",
  done: "filled",
  cancel: "canceled",
};
/** Order types without a price. */
const PRICES: Record<string, string> = { price: "at market", market: "at market", best: "at best price" };

const DECIMAL = /^(\d+)(\.\d+)?$/;

/** `153559.00` as `153,559.00`. */
export function grouped(amount: string): string {
  const [, whole, fraction = ""] = DECIMAL.exec(amount) ?? [];
  if (whole === undefined) return escaped(amount);
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + fraction;
}

export function sideWord(side = ""): string {
  return SIDES[side] ?? escaped(side);
}

/** The quote and the base currency of a market. */
export function currencies(market = ""): { quote: string; base: string } {
  const [quote = "", base = ""] = escaped(market).split("-");
  return { quote, base };
}

/** The parts of an order as text; empty if unknown. */
function partsOf(order: AnyOrder) {
  const { side, ord_type: type = "", price, volume, executed_volume: filled } = order;
  const { quote, base } = currencies(order.market);
  // A market buy has a sum to spend instead of an amount.
  const spends = volume === undefined && price !== undefined ? `for ${grouped(price)} ${quote}` : "";
  const limit = spends === "" && price !== undefined ? `at ${grouped(price)}` : "";
  return {
    side: sideWord(side),
    amount: volume === undefined ? base : `${grouped(volume)} ${base}`,
    price: [spends, limit || (PRICES[type] ?? "")].filter((part) => part !== "").join(" "),
    filled: filled === undefined ? "" : `filled ${grouped(filled)}`,
  };
}

/** `buy 1.0 BTC at 153,559.00, filled 0`; empty if nothing is known. */
export function orderText(order: AnyOrder): string {
  const { side, amount, price, filled } = partsOf(order);
  if (side === "") return "";
  const what = [side, amount, price].filter((part) => part !== "").join(" ");
  return filled === "" ? what : `${what}, ${filled}`;
}

export function stateWord({ state = "" }: AnyOrder): string {
  return STATES[state] ?? escaped(state);
}

/** Aligned lines that start with the UUID. */
export function orderTable(orders: AnyOrder[], showState: (order: AnyOrder) => boolean): string[] {
  const rows = orders.map((order) => {
    const { side, amount, price, filled } = partsOf(order);
    const state = showState(order) ? stateWord(order) : "";
    const named = order.identifier === undefined ? "" : `identifier=${order.identifier}`;
    return [order.uuid ?? "", order.market ?? "", side, amount, price, filled, state, named].map(escaped);
  });
  return columns(rows, [3]);
}

export function counted(count: number, noun: string): string {
  return `${grouped(String(count))} ${noun}${count === 1 ? "" : "s"}`;
}
