// Formats numbers, amounts and times. Amounts are decimal strings and keep every digit.
import { locale, t } from "./language.ts";

const DECIMAL = /^(-?\d+)(?:\.(\d+))?$/;

/** Adds thousands separators and removes trailing zeros. */
export function amount(text: string): string {
  const [, whole, fraction = ""] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return text;
  const digits = fraction.replace(/0+$/, "");
  return BigInt(whole).toLocaleString(locale()) + (digits === "" ? "" : `.${digits}`);
}

/** The exact sum of decimal strings. Ignores invalid ones. */
export function sum(texts: string[]): string {
  const parts = texts.map((text) => DECIMAL.exec(text)).filter((part) => part !== null);
  const places = Math.max(0, ...parts.map(([, , fraction = ""]) => fraction.length));
  let total = 0n;
  for (const [, whole = "", fraction = ""] of parts) total += BigInt(whole + fraction.padEnd(places, "0"));
  const digits = total.toString().padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Removes thousands separators from copied text. */
export function withoutSeparators(text: string): string {
  return text.replace(/(?<=\d),(?=\d{3})/g, "");
}

export function clock(date: Date): string {
  return date.toLocaleTimeString(locale());
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** The largest unit that fits, rounded down: `3 hr`, `12 min`. */
export function age(ms: number): string {
  const [unit, length] = UNITS.find(([, length]) => ms >= length) ?? UNITS[3];
  return inUnit(Math.max(0, Math.floor(ms / length)), unit);
}

/** A duration, rounded up. */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds < 100 ? inUnit(seconds, "second") : inUnit(Math.ceil(seconds / 60), "minute");
}

/** Cached, because thousands of rows have an age. */
const unitFormats = new Map<string, Intl.NumberFormat>();

function inUnit(count: number, unit: string): string {
  const key = `${locale()} ${unit}`;
  const known = unitFormats.get(key);
  const format = known ?? new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short" });
  unitFormats.set(key, format);
  return format.format(count);
}

/** Parses Upbit's times. Without an offset, they are UTC. */
export function placedAt(text: string): Date {
  return new Date(/Z$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
}

/** `SGD-BTC 12 · SGD-ETH 28 · 3 more`: the most frequent first. */
export function tally(names: string[], shown: number): string {
  const groups = [...groupBy(names, (name) => name)].sort(([, a], [, b]) => b.length - a.length);
  const parts = groups
    .slice(0, shown)
    .map(([name, { length }]) => `${name} ${length.toLocaleString(locale())}`);
  const more = groups.length - parts.length;
  return [...parts, ...(more > 0 ? [t.more(more)] : [])].join(" · ");
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    group.push(item);
    groups.set(keyOf(item), group);
  }
  return groups;
}
