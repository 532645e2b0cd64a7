// TextEncoder and TextDecoder where the runtime has none, as jsdom in Jest. The bundler puts these names in
// the place of the global ones. Without them, merely importing the package would fail there.

// UTF-8 by way of percent-encoding.
const lone = /\p{Surrogate}/gu;
const pieces = /%..|./g;

class Encoder {
  /** @param {string} text */
  encode(text) {
    const encoded = encodeURIComponent(text.replace(lone, "\u{fffd}")).match(pieces) ?? [];
    return Uint8Array.from(encoded, (piece) =>
      piece.length > 1 ? parseInt(piece.slice(1), 16) : piece.charCodeAt(0),
    );
  }
}

class Decoder {
  /** @param {Iterable<number>} [bytes] well-formed, as text of Rust's always is */
  decode(bytes = []) {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  }
}

const { TextEncoder = Encoder, TextDecoder = Decoder } = globalThis;

export { TextDecoder, TextEncoder };
