import * as glue from "#glue";

/**
 * Starts the core in a compiled module. Synchronous, so that a constructor can check its arguments
 * and no promise of a half-loaded core has to be kept.
 *
 * @param {WebAssembly.Module} module
 */
export function instantiate(module) {
  const { exports } = new WebAssembly.Instance(module, { "./core_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  /** @type {() => void} */ (exports.__wbindgen_start)();
  return new glue.Core();
}
