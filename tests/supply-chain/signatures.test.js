// The build refuses exports that return one reference and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import binaryen from "binaryen";
import { loneReferences } from "../../scripts/build-core.mjs";

setFlagsFromString("--experimental-wasm-type-reflection");

test("an export with a lone reference is found, and none with several results or a number", () => {
  const text = `(module
    (func (export "promise") (result externref) (ref.null extern))
    (func (export "callback") (result funcref) (ref.null func))
    (func (export "result") (result externref externref i32) (ref.null extern) (ref.null extern) (i32.const 0))
    (func (export "length") (param externref) (result i32) (i32.const 0))
    (func (export "nothing") (param externref))
    (memory (export "memory") 1))`;
  const parsed = binaryen.parseText(text);
  parsed.setFeatures(binaryen.Features.ReferenceTypes | binaryen.Features.Multivalue);
  const module = new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (parsed.emitBinary()));
  assert.deepEqual(loneReferences(module), ["promise", "callback"]);
});
