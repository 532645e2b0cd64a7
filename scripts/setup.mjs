// What has to be on a machine before the package can be built and tested. What is there is left alone.
import { ensureCargoTools } from "./cargo-tools.mjs";
import { Failure, runAsScript } from "./failure.mjs";
import { isOlder, nodeVersionNeeded } from "./manifests.mjs";
import { ensureNodeModules } from "./npm-tools.mjs";
import { ensureRust, ensureRustComponents, ensureWasmTarget } from "./rust.mjs";
import { sayDone } from "./steps.mjs";

export function ensureNode() {
  const needed = nodeVersionNeeded();
  if (!isOlder(process.versions.node, needed)) return;
  throw new Failure(`Node ${process.versions.node} is too old: ${needed} or newer is needed`, {
    advice: "Install a newer one, as from https://nodejs.org.",
  });
}

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
