import wasmHex from "#wasm-hex";
import { decodeHex } from "./hex.ts";
import { instantiate } from "./instantiate.ts";

/** Loads the core from hexadecimal text in this file: nothing to locate, request or configure. */
export function load() {
  return instantiate(new WebAssembly.Module(decodeHex(wasmHex)));
}
