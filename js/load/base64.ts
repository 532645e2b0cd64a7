/**
 * The bytes that a base64 text stands for.
 * @param {string} base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decodeBase64(base64) {
  // Node's own is faster by an order of magnitude. By way of the global object, because bundlers replace a plain
  // `Buffer` with a module that the page's author would have to install.
  const { Buffer } = globalThis;
  if (Buffer) return Buffer.from(base64, "base64");
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
