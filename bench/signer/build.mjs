// The core of the package has no function that only signs. For the benchmark it gets one: a copy of the
// crate, with the same settings, dependencies and code, and one more module.
import { appendFileSync, cpSync, rmSync } from "node:fs";
import { compileCore, core } from "../../scripts/build-core.mjs";
import { refresh } from "../../scripts/freshness.mjs";
import { inRoot } from "../../scripts/paths.mjs";
import { ensureBuildTools } from "../../scripts/setup.mjs";
import { step } from "../../scripts/steps.mjs";

const folder = "target/bench/signer";

const signer = {
  name: "bench-signer",
  inputs: [...core.inputs, "bench/signer"],
  outputs: [`${folder}/pkg/core_bg.wasm`, `${folder}/pkg/core_bg.js`],
};

export async function buildSigner() {
  await refresh(signer, async () => {
    await ensureBuildTools();
    await step("Compiling the core with an export that only signs", compile, { expect: "up to 1 minute" });
  });
}

/** @param {(detail: string) => void} tell */
async function compile(tell) {
  rmSync(inRoot(folder), { recursive: true, force: true });
  for (const part of ["src", "Cargo.toml", "Cargo.lock"]) {
    cpSync(inRoot(part), inRoot(folder, part), { recursive: true });
  }
  cpSync(inRoot("bench/signer/signer.rs"), inRoot(folder, "src/web/signer.rs"));
  appendFileSync(inRoot(folder, "src/web/mod.rs"), "mod signer;\n");
  await compileCore({ crate: folder, outDir: "pkg", targetDir: "target/bench/cargo" }, tell);
}
