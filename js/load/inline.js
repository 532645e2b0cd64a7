import wasmBase64 from "#wasm-base64";
import { instantiate } from "./instantiate.js";

/** The core out of the text of this very file: no file to find, no request, nothing to configure. */
export function load() {
  return instantiate(new WebAssembly.Module(decode(wasmBase64)));
}

/** @param {string} base64 */
function decode(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}
