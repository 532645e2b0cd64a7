/** Decodes hexadecimal digits. */
export function decodeHex(hex: string): Uint8Array<ArrayBuffer> {
  // Node's decoder is faster by an order of magnitude. `Buffer` is read from the global object, because bundlers replace a
  // plain `Buffer` with a module that the page's author would have to install.
  const { Buffer } = globalThis as {
    Buffer?: { from(text: string, encoding: string): Uint8Array<ArrayBuffer> };
  };
  if (Buffer) return Buffer.from(hex, "hex");
  const { fromHex } = Uint8Array as { fromHex?: (text: string) => Uint8Array<ArrayBuffer> };
  if (fromHex) return fromHex(hex);
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}
