// Compiles the crate to target/wasm-pack/: core_bg.wasm and its JavaScript glue, core_bg.js.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Failure } from "./failure.mjs";
import { cargoHome, inRoot, root } from "./paths.mjs";
import { ask, runOrFail } from "./run.mjs";
import { rustFacts, rustRelease, wasmTarget } from "./rust.mjs";
import { step } from "./steps.mjs";

export const core = {
  name: "core",
  inputs: [
    "src",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "scripts/build-core.mjs",
    "scripts/cargo-tools.mjs",
  ],
  outputs: ["target/wasm-pack/core_bg.wasm", "target/wasm-pack/core_bg.js"],
  // The versions of the other tools are in the lock files and in cargo-tools.mjs.
  madeBy: rustFacts,
};

export async function buildCore() {
  const fetch = ["fetch", "--locked", "--target", wasmTarget];
  await step("Fetching the crates", (onLine) =>
    runOrFail("cargo", fetch, { onLine, advice: adviceForFetch }),
  );
  const where = { crate: ".", outDir: "target/wasm-pack", targetDir: "target" };
  const compile = (/** @type {(detail: string) => void} */ tell) => compileCore(where, tell);
  await step("Compiling Rust to WebAssembly", compile, { expect: "up to 1 minute" });
  checkWasm(readFileSync(inRoot("target/wasm-pack/core_bg.wasm")));
}

/** `targetDir` is cargo's, relative to the root; crates of the same name cannot share it. `outDir` is relative to the crate.
 * @param {Record<"crate" | "outDir" | "targetDir", string>} where @param {(detail: string) => void} tell */
export async function compileCore({ crate, outDir, targetDir }, tell) {
  const kind = ["--release", "--target", "bundler", "--no-pack", "--mode", "no-install", "--no-typescript"];
  const args = ["build", crate, ...kind, "--out-dir", outDir, "--out-name", "core", "--", "--locked"];
  await runOrFail("wasm-pack", args, {
    env: {
      CARGO_ENCODED_RUSTFLAGS: remapFlags().join("\x1f"),
      CARGO_TARGET_DIR: inRoot(targetDir),
      WASM_PACK_CACHE: inRoot("target/wasm-pack-cache"),
    },
    onLine: (line) => tell(line.replace(/^\[INFO\]: (\p{So}\s+)?/u, "")),
  });
}

/** @param {string} output */
function adviceForFetch(output) {
  if (output.includes("--locked")) return "Cargo.lock does not match Cargo.toml: run `cargo check`.";
  return "This needs the network after each change of Cargo.lock.";
}

/** Replaces local paths, so that builds on all machines are identical. */
function remapFlags() {
  const sources = join(cargoHome, "registry/src");
  const sysroot = ask("rustc", ["--print", "sysroot"]) ?? "";
  return [
    ...readdirSync(sources).map((registry) => [join(sources, registry), "/crates"]),
    // The path of the standard library's sources with the component rust-src; without it, rustc uses the second path.
    [join(sysroot, "lib/rustlib/src/rust"), `/rustc/${rustRelease().commit}`],
    [root, "/upbit-cancel-order"],
  ].map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

/**
 * Exports that return a single reference. V8 inlines calls to them into optimised JavaScript, and before version 13 the process
 * aborts if that code is deoptimised during the call.
 * @param {WebAssembly.Module} module
 */
export function loneReferences(module) {
  /** @typedef {{ parameters: string[], results: string[] }} FunctionType */
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  return functions
    .map((one) => ({ ...one, type: /** @type {FunctionType} */ (Reflect.get(one, "type")) }))
    .filter(({ type }) => type.results.length === 1 && type.results[0]?.endsWith("ref"))
    .map(({ name }) => name);
}

/** @param {Buffer<ArrayBuffer>} wasm */
function checkWasm(wasm) {
  // This flag makes the types of exports available.
  setFlagsFromString("--experimental-wasm-type-reflection");
  const module = new WebAssembly.Module(wasm);
  if (WebAssembly.Module.customSections(module, "name").length > 0) {
    throw new Failure("core_bg.wasm has a name section: wasm-opt did not run");
  }
  const lone = loneReferences(module);
  if (lone.length > 0) {
    throw new Failure(`Exports return a single reference: ${lone.join(", ")}`, {
      advice:
        "Node 20 and 22 can abort when they are called. Return a Result, which has several results in wasm.",
    });
  }
  const local = [root, cargoHome].find((folder) => wasm.includes(folder));
  if (local) throw new Failure(`core_bg.wasm contains a path of this machine: ${local}`);
}
