import * as glue from "#glue";
import * as host from "../host.ts";

/** The rate budgets of all copies and versions of the package in this thread. Their interface must never change. */
const BUDGETS = Symbol.for("upbit-cancel-order.budgets");

/**
 * Starts the core of a compiled module. Synchronous, so that a constructor can check its arguments and no half-loaded state exists.
 */
export function instantiate(module: WebAssembly.Module): glue.Core {
  const { exports } = new WebAssembly.Instance(module, { "./core_bg.js": glue, "#host": { ...host } });
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  return new glue.Core(sharedBudgets());
}

/** The registry of the first loaded copy. If the global object cannot be extended, each copy has its own. */
function sharedBudgets(): glue.Budgets {
  const registry = Reflect.get(globalThis, BUDGETS) ?? new glue.Budgets();
  Reflect.defineProperty(globalThis, BUDGETS, { value: registry });
  return registry;
}
