// TextEncoder and TextDecoder for runtimes without them, such as jsdom in Jest, where importing the package would fail otherwise.
// The bundler injects these names in place of the globals. They convert UTF-8 through percent-encoding.

const loneSurrogate = /\p{Surrogate}/gu;
const byteOrCharacter = /%..|./g;

class Encoder {
  encode(text: string): Uint8Array {
    const encoded = encodeURIComponent(text.replace(loneSurrogate, "\u{fffd}")).match(byteOrCharacter) ?? [];
    return Uint8Array.from(encoded, (part) =>
      part.length > 1 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0),
    );
  }
}

class Decoder {
  /** Throws if the bytes are not well-formed UTF-8. */
  decode(bytes: Iterable<number> = []): string {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  }
}

const globals: Partial<{ TextEncoder: typeof Encoder; TextDecoder: typeof Decoder }> = globalThis as object;

export const TextEncoder = globals.TextEncoder ?? Encoder;
export const TextDecoder = globals.TextDecoder ?? Decoder;
