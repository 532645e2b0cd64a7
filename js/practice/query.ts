// Parses the raw query string: checks its encoding, decodes it, and reads its parameters.
import { Refusal } from "./refusal.ts";

export interface Query {
  /** the whole percent-decoded query in the order received, which query_hash covers */
  text: string;
  /** by decoded name. Only an array parameter (`uuids[]`) can have more than one value. */
  params: Params;
}

export type Params = ReadonlyMap<string, readonly string[]>;

// RFC 3986's unreserved characters and escapes. "[" and "]" are allowed unencoded in the name of an array parameter.
const NAME = /^(?:[A-Za-z0-9._~[\]-]|%[0-9A-Fa-f]{2})+$/;
const VALUE = /^(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})*$/;
// Upbit's own samples do not encode the commas of these lists.
const COMMA_LISTS = ["pairs", "quote_currencies", "excluded_pairs"];
const LIST_VALUE = /^(?:[A-Za-z0-9._~,-]|%[0-9A-Fa-f]{2})*$/;

/** @param raw the query without the "?", exactly as received */
export function parseQuery(raw: string): Query {
  const params = new Map<string, string[]>();
  for (const pair of raw === "" ? [] : raw.split("&")) {
    const [name, value] = splitPair(pair);
    const values = params.get(name);
    if (values === undefined) params.set(name, [value]);
    else if (name.endsWith("[]")) values.push(value);
    else throw invalid("A query parameter occurs twice.");
  }
  return { text: decode(raw), params };
}

function splitPair(pair: string): [string, string] {
  const at = pair.includes("=") ? pair.indexOf("=") : pair.length;
  const name = pair.slice(0, at);
  const value = pair.slice(at + 1);
  if (!NAME.test(name) || !(COMMA_LISTS.includes(name) ? LIST_VALUE : VALUE).test(value)) {
    throw invalid(
      "The query contains an empty parameter or a reserved character that is not percent-encoded.",
    );
  }
  return [decode(name), decode(value)];
}

/** Keeps "+", because a query is not form data. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("A percent-encoded part of the query is not valid UTF-8.");
  }
}

function invalid(message: string) {
  return new Refusal(400, "invalid_parameter", message);
}
