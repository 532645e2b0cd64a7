// TextEncoder and TextDecoder where the runtime has none, as jsdom in Jest. The bundler puts these names in
// the place of the global ones. Without them, merely importing the package would fail there.

// UTF-8 by way of percent-encoding.
const lone = /\p{Surrogate}/gu;
const pieces = /%..|./g;

class Encoder {
  encode(text: string): Uint8Array {
    const encoded = encodeURIComponent(text.replace(lone, "\u{fffd}")).match(pieces) ?? [];
    return Uint8Array.from(encoded, (piece) =>
      piece.length > 1 ? Number.parseInt(piece.slice(1), 16) : piece.charCodeAt(0),
    );
  }
}

class Decoder {
  /** Throws at what is not well-formed UTF-8. */
  decode(bytes: Iterable<number> = []): string {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  }
}

const globals: Partial<{ TextEncoder: typeof Encoder; TextDecoder: typeof Decoder }> = globalThis as object;

export const TextEncoder = globals.TextEncoder ?? Encoder;
export const TextDecoder = globals.TextDecoder ?? Decoder;
