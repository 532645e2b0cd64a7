// `npm run build`: builds the npm package in pkg/.
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { buildCore, core } from "./build-core.mjs";
import { Failure, runAsScript } from "./failure.mjs";
import { refresh } from "./freshness.mjs";
import { inRoot } from "./paths.mjs";
import { publishedInputs, writePublishedFiles } from "./published-files.mjs";
import { ensureRust } from "./rust.mjs";
import { ensureBuildTools, ensureNode } from "./setup.mjs";
import { sayDone, step } from "./steps.mjs";

const npmPackage = {
  name: "package",
  inputs: [...core.outputs, ...publishedInputs, "js", "www", "package.json", "package-lock.json", "scripts"],
  outputs: ["pkg"],
  // The compiler is part of the bill of materials.
  madeBy: core.madeBy,
};

export async function buildPackage() {
  ensureNode();
  ensureRust();
  await refresh(core, async () => {
    await ensureBuildTools();
    await buildCore();
  });
  const made = await refresh(npmPackage, async () => {
    await ensureBuildTools();
    await step("Bundling the npm package", assemble);
  });
  sayDone(made ? "The npm package is in pkg/" : "The npm package in pkg/ is up to date");
}

/** Builds in a temporary folder first, so that a failed build keeps the previous package. */
async function assemble() {
  const { bundle } = await import("./bundle.mjs");
  const next = inRoot("target/pkg-next");
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  await bundle(next).catch(({ message }) => {
    throw new Failure("esbuild could not bundle the package", { output: message });
  });
  await writePublishedFiles(next);
  rmSync(inRoot("pkg"), { recursive: true, force: true });
  renameSync(next, inRoot("pkg"));
}

await runAsScript(import.meta.url, buildPackage);
