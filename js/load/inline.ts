import wasmHex from "#wasm-hex";
import { decodeHex } from "./hex.ts";
import { instantiate } from "./instantiate.ts";

/** The core out of the text of this very file: no file to find, no request, nothing to configure. */
export function load() {
  return instantiate(new WebAssembly.Module(decodeHex(wasmHex)));
}
