// All orders of a run, checked before anything is sent, each once.
import { readFileSync } from "node:fs";
import { identifierRef, readOrderLines, uuidRef } from "./order-lines.ts";
import { UsageError } from "./usage-error.ts";

/** @typedef {import("upbit-cancel-order").OrderRef} OrderRef */
/** @typedef {import("./arguments.ts").Source} Source */

/**
 * @param {Source[]} sources
 * @param {() => AsyncIterable<Uint8Array>} stdin
 * @returns {Promise<{ orders: OrderRef[], duplicates: number }>}
 */
export async function listOrders(sources, stdin) {
  /** @type {Map<string, OrderRef>} */
  const orders = new Map();
  let given = 0;
  for (const source of sources) {
    for (const order of await readSource(source, stdin)) {
      given += 1;
      if (!orders.has(key(order))) orders.set(key(order), order);
    }
  }
  if (sources.length === 0) throw new UsageError("No order was given");
  if (given === 0) throw new UsageError("The list holds no order");
  return { orders: [...orders.values()], duplicates: given - orders.size };
}

/**
 * @param {Source} source
 * @param {() => AsyncIterable<Uint8Array>} stdin
 * @returns {Promise<OrderRef[]>}
 */
async function readSource({ kind, value, position }, stdin) {
  if (kind === "uuid") return [uuidRef(value, `argument ${position}`)];
  if (kind === "identifier") return [identifierRef(value, `argument ${position}`)];
  if (value === "-") return readOrderLines(await readAll(stdin()), "standard input");
  return readOrderLines(readFile(value), value);
}

/** @param {string} file */
function readFile(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file}: ${whyUnreadable(error)}`);
  }
}

/** @param {unknown} error */
function whyUnreadable(error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  /** @type {Record<string, string>} */
  const words = { ENOENT: "no such file", EISDIR: "is a directory", EACCES: "may not be read" };
  return words[code] ?? `cannot be read (${code})`;
}

/** @param {AsyncIterable<Uint8Array>} stream */
async function readAll(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * A UUID is a number: the case of its digits means nothing.
 * @param {OrderRef} order
 */
function key({ uuid, identifier }) {
  return uuid === undefined ? `identifier=${identifier}` : uuid.toLowerCase();
}
