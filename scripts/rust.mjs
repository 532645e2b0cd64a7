import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { crateField, isOlder } from "./manifests.mjs";
import { cargoHome, preferOnPath } from "./paths.mjs";
import { ask, runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

export const wasmTarget = "wasm32-unknown-unknown";

export function ensureRust() {
  const needed = crateField("rust-version");
  // A terminal that was open when Rust was installed does not have it on its PATH.
  if (!ask("cargo", ["--version"])) preferOnPath(join(cargoHome, "bin"));
  const found = ask("rustc", ["--version"])?.split(" ")[1];
  if (!found || !ask("cargo", ["--version"])) {
    throw new Failure("Rust is not installed: there is no working rustc and cargo on the PATH", {
      advice: `Install Rust ${needed} or newer from https://rustup.rs, open a new terminal and try again.`,
    });
  }
  if (isOlder(found, needed)) {
    throw new Failure(`Rust ${found} is too old: ${needed} is needed`, {
      advice: hasRustup() ? "Run `rustup update`." : "Install a newer one, as from https://rustup.rs.",
    });
  }
}

export async function ensureWasmTarget() {
  const library = ask("rustc", ["--print", "target-libdir", "--target", wasmTarget]);
  if (library && existsSync(library)) return;
  if (!hasRustup()) {
    throw new Failure(`This Rust cannot compile to ${wasmTarget}, and there is no rustup to add it`, {
      advice:
        "Install the WebAssembly standard library of your Rust (Debian: libstd-rust-dev-wasm32,\n" +
        `Fedora: rust-std-static-${wasmTarget}), or Rust from https://rustup.rs.`,
    });
  }
  await step(`Adding Rust's target ${wasmTarget}`, () =>
    runOrFail("rustup", ["target", "add", wasmTarget], { advice: "This needs the network, once." }),
  );
}

/** What only the checks need. */
export async function ensureRustComponents() {
  const missing = [
    { component: "rustfmt", command: "fmt" },
    { component: "clippy", command: "clippy" },
  ].filter(({ command }) => ask("cargo", [command, "--version"]) === null);
  if (missing.length === 0) return;
  const names = missing.map(({ component }) => component);
  if (!hasRustup()) {
    throw new Failure(`Missing: ${names.join(", ")}, and there is no rustup to add it`, {
      advice: "Install the packages of that name of your system, or Rust from https://rustup.rs.",
    });
  }
  await step(`Adding Rust's ${names.join(" and ")}`, () =>
    runOrFail("rustup", ["component", "add", ...names], { advice: "This needs the network, once." }),
  );
}

/** What the compiler tells of itself: its release, its commit, the host. */
export const rustFacts = () => ask("rustc", ["-vV"]) ?? "";

/** Of the compiler, which is that of its standard library too. */
export function rustRelease() {
  const facts = rustFacts();
  const fact = (/** @type {string} */ name) =>
    new RegExp(`^${name}: (.+)`, "m").exec(facts)?.[1] ?? "unknown";
  return { version: fact("release"), commit: fact("commit-hash") };
}

const hasRustup = () => ask("rustup", ["--version"]) !== null;
