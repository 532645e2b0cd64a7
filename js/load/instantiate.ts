import * as glue from "#glue";
import * as host from "../host.ts";

/** Budgets of requests, for every copy and version of the package in this thread. Its form may never change. */
const BUDGETS = Symbol.for("upbit-cancel-order.budgets");

/**
 * Starts the core in a compiled module. Synchronous, so that a constructor can check its arguments
 * and no promise of a half-loaded core has to be kept.
 */
export function instantiate(module: WebAssembly.Module): glue.Core {
  const { exports } = new WebAssembly.Instance(module, { "./core_bg.js": glue, "#host": { ...host } });
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  return new glue.Core(sharedBudgets());
}

/** The registry of the first copy that was loaded. Where nothing may be added to the global object, each copy has its own. */
function sharedBudgets(): glue.Budgets {
  const registry = Reflect.get(globalThis, BUDGETS) ?? new glue.Budgets();
  Reflect.defineProperty(globalThis, BUDGETS, { value: registry });
  return registry;
}
