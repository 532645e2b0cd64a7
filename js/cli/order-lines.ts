// One order, as it is written on the command line or in a line of a file.
import { UsageError } from "./usage-error.ts";

/** @typedef {import("upbit-cancel-order").OrderRef} OrderRef */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UUID_AND_COMMENT = /^(\S+)\s+#/;
const IDENTIFIER = "identifier=";

/**
 * @param {string} text
 * @param {string} place where it stands, for a message
 * @returns {OrderRef}
 */
export function uuidRef(text, place) {
  if (UUID.test(text)) return { uuid: text };
  throw new UsageError(`${place}: not a UUID (hexadecimal digits in groups of 8-4-4-4-12)`);
}

/**
 * @param {string} identifier
 * @param {string} place
 * @returns {OrderRef}
 */
export function identifierRef(identifier, place) {
  if (identifier === "") throw new UsageError(`${place}: the identifier is empty`);
  // What decoding leaves in place of bytes that are not UTF-8: it would name another order.
  if (identifier.includes("\uFFFD")) throw new UsageError(`${place}: the identifier is not UTF-8 text`);
  return { identifier };
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name of the file, for messages
 * @returns {OrderRef[]}
 */
export function readOrderLines(bytes, name) {
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.flatMap((line, index) => {
    // Takes a carriage return and a byte order mark away too.
    const text = line.trim();
    return text === "" || text.startsWith("#") ? [] : [readOrder(text, `${name}:${index + 1}`)];
  });
}

/**
 * @param {string} text
 * @param {string} place
 */
function readOrder(text, place) {
  if (text.startsWith(IDENTIFIER)) return identifierRef(text.slice(IDENTIFIER.length), place);
  const uuid = UUID_AND_COMMENT.exec(text)?.[1] ?? text;
  if (UUID.test(uuid)) return { uuid };
  throw new UsageError(`${place}: neither a UUID (8-4-4-4-12 hexadecimal digits) nor identifier=ID`);
}
