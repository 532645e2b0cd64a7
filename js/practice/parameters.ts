// Reads and checks query parameters.
import type { Params } from "./query.ts";
import { Refusal } from "./refusal.ts";

/** The ids of orders in a request. */
export interface Ids {
  kind: "uuid" | "identifier";
  values: string[];
}

/** The value of a parameter; undefined if it is missing or empty. */
export function text(params: Params, name: string): string | undefined {
  return params.get(name)?.[0] || undefined;
}

/** One of `values`, the first of which is the default. */
export function choice<T extends string>(params: Params, name: string, values: readonly [T, ...T[]]): T {
  const given = params.get(name)?.[0] ?? values[0];
  const known = values.find((value) => value === given);
  if (known === undefined) throw invalid(`${name} must be one of ${values.join(", ")}.`);
  return known;
}

/** An integer from 1 to `max`. */
export function count(params: Params, name: string, fallback: number, max: number): number {
  const given = params.get(name)?.[0] ?? `${fallback}`;
  const number = /^[0-9]{1,16}$/.test(given) ? Number(given) : 0;
  if (number < 1 || number > max) throw invalid(`${name} must be a whole number from 1 to ${max}.`);
  return number;
}

/** The parts of a comma-separated value; null if it is missing. */
export function commaList(params: Params, name: string, max: number): string[] | null {
  const given = params.get(name)?.[0];
  if (given === undefined) return null;
  const parts = given.split(",");
  if (parts.length > max || parts.includes(""))
    throw invalid(`${name} takes 1 to ${max} comma-separated values.`);
  return parts;
}

/** The values of `uuids[]` or `identifiers[]`, without duplicates. */
export function ids(params: Params, max: number): Ids {
  exclusive(params, "uuids[]", "identifiers[]");
  const kind = params.has("uuids[]") ? "uuid" : "identifier";
  const values = params.get(`${kind}s[]`);
  if (values === undefined) throw invalid("Name the orders: give uuids[] or identifiers[].");
  if (values.length > max || values.includes("")) throw invalid(`${kind}s[] takes 1 to ${max} values.`);
  return { kind, values: [...new Set(values)] };
}

export function exclusive(params: Params, one: string, other: string) {
  if (params.has(one) && params.has(other)) throw invalid(`${one} and ${other} cannot be used together.`);
}

export function invalid(message: string) {
  return new Refusal(400, "invalid_parameter", message);
}
