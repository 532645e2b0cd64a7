// The stand-ins for runtimes that have no TextEncoder and no TextDecoder, against Node's own.
import assert from "node:assert/strict";
import { test } from "node:test";

const own = { TextEncoder, TextDecoder };
Object.assign(globalThis, { TextEncoder: undefined, TextDecoder: undefined });
const standIn = await import("../../js/load/text-coding.ts");
Object.assign(globalThis, own);

const halves = ["\ud83d", "a\udd11b", "\udd11\ud83d"];
const texts = ["", "ascii %41 %", "\u0000\u007f\u0080\u07ff\u0800\uffff", "주문 🔑", ...halves];

test("they are used only if the runtime has none", async () => {
  assert.notEqual(standIn.TextEncoder, TextEncoder);
  assert.notEqual(standIn.TextDecoder, TextDecoder);
  const usual = await import(new URL("../../js/load/text-coding.ts?usual", import.meta.url).href);
  assert.equal(usual.TextEncoder, TextEncoder);
  assert.equal(usual.TextDecoder, TextDecoder);
});

test("text is encoded like Node's TextEncoder", () => {
  for (const text of texts) {
    assert.deepEqual(new standIn.TextEncoder().encode(text), new TextEncoder().encode(text));
  }
});

test("bytes are decoded like Node's TextDecoder", () => {
  const decoder = new standIn.TextDecoder();
  for (const text of texts) {
    const bytes = new TextEncoder().encode(text);
    assert.equal(decoder.decode(bytes), new TextDecoder().decode(bytes));
  }
  assert.equal(decoder.decode(), "");
});
