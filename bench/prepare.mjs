// Builds and installs what the benchmark needs: the package, and the clients that it is compared with.
import { appendFileSync, cpSync, rmSync } from "node:fs";
import { buildPackage } from "../scripts/build.mjs";
import { compileCore, core } from "../scripts/build-core.mjs";
import { installConsumer } from "../scripts/consumer.mjs";
import { refresh } from "../scripts/freshness.mjs";
import { inRoot } from "../scripts/paths.mjs";
import { ensureBuildTools } from "../scripts/setup.mjs";
import { step } from "../scripts/steps.mjs";
import { installPeers, installPythonPeers } from "../tests/peers/install.js";

export async function prepare() {
  await ensureBuildTools();
  await buildPackage();
  await installConsumer();
  await installPeers();
  await installPythonPeers();
  await refresh(signer, () =>
    step("Compiling the core with an export that only signs", compileSigner, { expect: "up to 1 minute" }),
  );
}

const folder = "target/bench/signer";

const signer = {
  name: "bench-signer",
  inputs: [...core.inputs, "js/host.ts", "bench/signer.rs", "bench/prepare.mjs"],
  outputs: [`${folder}/pkg/core_bg.wasm`, `${folder}/pkg/signer.js`],
};

/**
 * The package has no function that only signs, so this compiles a copy of the crate with one more module that does.
 * @param {(detail: string) => void} tell
 */
async function compileSigner(tell) {
  rmSync(inRoot(folder), { recursive: true, force: true });
  for (const part of ["src", "Cargo.toml", "Cargo.lock"]) {
    cpSync(inRoot(part), inRoot(folder, part), { recursive: true });
  }
  cpSync(inRoot("bench/signer.rs"), inRoot(folder, "src/web/signer.rs"));
  appendFileSync(inRoot(folder, "src/web/mod.rs"), "mod signer;\n");
  await compileCore({ crate: folder, outDir: "pkg", targetDir: "target/bench/cargo" }, tell);
  // Available only after the tools are installed.
  const { build } = await import("esbuild");
  const contents = `export * as glue from "./${folder}/pkg/core_bg.js"; export * as host from "./js/host.ts";`;
  await build({
    stdin: { contents, resolveDir: inRoot() },
    outfile: inRoot(folder, "pkg/signer.js"),
    bundle: true,
    format: "esm",
  });
}
