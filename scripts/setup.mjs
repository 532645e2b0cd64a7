// Checks and installs what is needed to build and test the package.
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
    advice: "Install a newer version, for example from https://nodejs.org.",
  });
}

/** @type {Promise<void> | undefined} */
let building;

/** Tools for the build; checked once per process. */
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

/** Tools for the tests. */
export async function ensureTestTools() {
  await ensureBuildTools();
  await ensureRustComponents();
}

await runAsScript(import.meta.url, async () => {
  await ensureTestTools();
  sayDone("Everything is installed");
});
