// Formats orders as text. Any field except the UUID may be missing.
import { amount, groupBy, sum, tally } from "./formats.ts";
import { t } from "./language.ts";
import type { OrderRef, OrderSummary } from "./upbit-cancel-order.js";

type Facts = Partial<OrderSummary>;

export function sideOf({ side = "" }: Facts): string {
  return lookUp(t.sides, side);
}

/** The unit price, the sum to spend, or 'best available'. */
export function priceOf(order: Facts): string {
  const { price } = order;
  if (price === undefined) return t.atMarket;
  return isSpending(order) ? t.toSpend(amount(price)) : amount(price);
}

export function remainingOf(order: Facts): string {
  const { remaining_volume } = order;
  return remaining_volume === undefined || isSpending(order) ? "–" : amount(remaining_volume);
}

/** A market buy without a volume: its price is the sum to spend. */
function isSpending({ ord_type, volume }: Facts): boolean {
  return ord_type === "price" || (ord_type === "best" && volume === undefined);
}

/** The filled part of the order, from 0 to 1. */
export function filledShare({ executed_volume, volume }: Facts): number {
  const share = Number(executed_volume) / Number(volume);
  return Number.isFinite(share) ? Math.min(1, share) : 0;
}

/** The accessible name of the checkbox, with unformatted digits for screen readers. */
export function nameOf(order: Facts): string {
  const { market = "", price, remaining_volume = "–" } = order;
  return t.orderName(market, sideOf(order), price ?? t.atMarket, remaining_volume);
}

/** `SGD-BTC · buy · limit · 1.2 at 153,559` */
export function describe(order: Facts): string {
  const { market, side, ord_type, price, volume, remaining_volume } = order;
  // A filled order has no remaining volume.
  const left = Number(remaining_volume) === 0 ? volume : remaining_volume;
  const units = left === undefined || isSpending(order) ? "" : amount(left);
  const money = price === undefined ? "" : priceOf(order);
  const what = units !== "" && money !== "" ? t.orderWords(units, money) : units || money;
  return [market, side && sideOf(order), ord_type && lookUp(t.types, ord_type), what]
    .filter(Boolean)
    .join(" · ");
}

/** `12,400 SGD · 0.5 BTC`: what open orders hold, by currency. */
export function holdingsOf(orders: Facts[], shown = 3): string {
  const held = groupBy(orders, ({ market = "", side }) => market.split("-")[side === "bid" ? 0 : 1] ?? "");
  const parts = [...held].slice(0, shown).map(([currency, group]) => {
    return `${amount(sum(group.map(({ locked = "0" }) => locked)))} ${currency}`;
  });
  const more = held.size - parts.length;
  return [...parts, ...(more > 0 ? [t.more(more)] : [])].join(" · ");
}

export function marketsOf(orders: Facts[], shown: number): string {
  const markets = orders.flatMap(({ market }) => (market === undefined ? [] : [market]));
  return new Set(markets).size === 1 ? (markets[0] ?? "") : tally(markets, shown);
}

/** All fields that Upbit sent: documented ones first. */
export function fieldsOf(order: OrderSummary): [name: string, text: string][] {
  const sent = new Map<string, unknown>(Object.entries(order));
  const known = Object.entries(t.fields).filter(([field]) => sent.has(field));
  const others = [...sent.keys()].filter((field) => !(field in t.fields));
  return [...known, ...others.map((field) => [field, field] as const)].map(([field, name]) => [
    name,
    textOf(sent.get(field)),
  ]);
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** The text of an order reference in the results. */
export function refText({ uuid, identifier }: OrderRef): string {
  return uuid ?? `identifier=${identifier}`;
}

function lookUp(words: Readonly<Record<string, string>>, word: string): string {
  return Object.hasOwn(words, word) ? (words[word] ?? word) : word;
}
