// The query string as it came over the wire: what must be escaped, its text once decoded, its parameters.
import { Refusal } from "./error-answer.ts";

/**
 * @typedef {object} Query
 * @property {string} text the whole query, percent-decoded, in the order received: what query_hash covers
 * @property {Map<string, string>} params
 */

// RFC 3986's unreserved characters and escapes; "[" and "]" stay plain in an array parameter's name.
const NAME = /^(?:[A-Za-z0-9._~[\]-]|%[0-9A-Fa-f]{2})+$/;
const VALUE = /^(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})*$/;

/**
 * @param {string} raw what follows the "?", exactly as received
 * @returns {Query}
 */
export function parseQuery(raw) {
  /** @type {Map<string, string>} */
  const params = new Map();
  for (const pair of raw === "" ? [] : raw.split("&")) {
    const [name, value] = splitPair(pair);
    if (params.has(name)) throw invalid("A query parameter is given twice.");
    params.set(name, value);
  }
  return { text: decode(raw), params };
}

/**
 * @param {string} pair
 * @returns {[string, string]}
 */
function splitPair(pair) {
  const at = pair.includes("=") ? pair.indexOf("=") : pair.length;
  const name = pair.slice(0, at);
  const value = pair.slice(at + 1);
  if (!NAME.test(name) || !VALUE.test(value)) {
    throw invalid("The query holds an empty parameter or a reserved character that is not percent-encoded.");
  }
  return [decode(name), decode(value)];
}

/**
 * "+" stays "+": a query is not a form.
 * @param {string} text
 */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("A percent-encoded part of the query is not valid UTF-8.");
  }
}

/** @param {string} message */
function invalid(message) {
  return new Refusal(400, "invalid_parameter", message);
}
