// What has to be on a machine before the package can be built and tested. What is there is left alone.
import { ensureCargoTools } from "./cargo-tools.mjs";
import { runAsScript } from "./failure.mjs";
import { ensureNode, ensureNodeModules } from "./node-modules.mjs";
import { ensureRust, ensureRustComponents, ensureWasmTarget } from "./rust.mjs";
import { sayDone } from "./steps.mjs";

export {
  ensureCargoTools,
  ensureNode,
  ensureNodeModules,
  ensureRust,
  ensureRustComponents,
  ensureWasmTarget,
};

/** @type {Promise<void> | undefined} */
let building;

/** What the build needs, looked at once per process. */
export function ensureBuildTools() {
  building ??= (async () => {
    ensureNode();
    ensureRust();
    await ensureWasmTarget();
    await ensureNodeModules();
    await ensureCargoTools();
  })();
  return building;
}

/** What the checks need. */
export async function ensureTestTools() {
  await ensureBuildTools();
  await ensureRustComponents();
}

await runAsScript(import.meta.url, async () => {
  await ensureTestTools();
  sayDone("Set up");
});
