// What open orders hold: the quote currency of buy orders, the base currency of sell orders.

import { type AnyOrder, counted, currencies, grouped, sideWord } from "./order-text.ts";
import { columns, escaped } from "./terminal-text.ts";

/** One line per market and side, and a total if there are several. */
export function holdingsTable(orders: AnyOrder[]): string[] {
  const groups = new Map<string, AnyOrder[]>();
  for (const order of orders) {
    const key = `${order.market} ${order.side}`;
    groups.set(key, [...(groups.get(key) ?? []), order]);
  }
  const rows = [...groups.values()].map((group) => {
    const { market, side } = group[0] ?? {};
    return [escaped(market ?? ""), sideWord(side), counted(group.length, "order"), heldBy(group)];
  });
  // By market, then by side.
  rows.sort((a, b) => (a.join() < b.join() ? -1 : 1));
  if (rows.length > 1) rows.push(["all", "", counted(orders.length, "order"), ""]);
  return columns(rows, [2]);
}

/** `locked` is in the quote currency for buy orders, in the base currency for sell orders. */
function heldBy(orders: AnyOrder[]): string {
  const { market, side } = orders[0] ?? {};
  const { quote, base } = currencies(market);
  const sum = sumOf(orders.map(({ locked }) => locked));
  return sum === null ? "" : `hold ${grouped(sum)} ${side === "bid" ? quote : base}`;
}

/** The exact sum of decimal strings; null if one is missing or invalid. */
export function sumOf(amounts: (string | undefined)[]): string | null {
  const parts = amounts.map((amount) => /^(\d+)(?:\.(\d+))?$/.exec(amount ?? ""));
  const places = Math.max(0, ...parts.map((part) => part?.[2]?.length ?? 0));
  let sum = 0n;
  for (const part of parts) {
    if (part === null) return null;
    sum += BigInt(part[1] + (part[2] ?? "").padEnd(places, "0"));
  }
  const digits = String(sum).padStart(places + 1, "0");
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return digits.slice(0, digits.length - places) + (fraction === "" ? "" : `.${fraction}`);
}
