import { readFileSync } from "node:fs";

const made = new URL("../../target/bench/signer/pkg/", import.meta.url);
const glue = await import(new URL("core_bg.js", made).href);
const wasm = readFileSync(new URL("core_bg.wasm", made));

/** @type {import("./peers.mjs").Open} */
export function open({ baseUrl, accounts: [keys] }) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { "./core_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  /** @type {() => void} */ (exports.__wbindgen_start)();
  const signer = glue.Signer.open({ ...keys, baseUrl });
  return {
    sign: (uuid) => signer.sign(uuid),
    cancel: () => Promise.reject(new Error("This part of the core sends nothing")),
    statusOf: () => null,
    codeOf: () => null,
  };
}
