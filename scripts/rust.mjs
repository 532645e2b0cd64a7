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
  // A terminal that was opened before Rust was installed does not have it on its PATH.
  if (!ask("cargo", ["--version"])) preferOnPath(join(cargoHome, "bin"));
  const found = ask("rustc", ["--version"])?.split(" ")[1];
  if (!found || !ask("cargo", ["--version"])) {
    throw new Failure("Rust is not installed: no working rustc and cargo on the PATH", {
      advice: `Install Rust ${needed} or newer from https://rustup.rs, open a new terminal and try again.`,
    });
  }
  if (isOlder(found, needed)) {
    throw new Failure(`Rust ${found} is too old: ${needed} is needed`, {
      advice: "Run `rustup update`, or install a newer version from https://rustup.rs.",
    });
  }
}

export async function ensureWasmTarget() {
  const library = ask("rustc", ["--print", "target-libdir", "--target", wasmTarget]);
  if (library && existsSync(library)) return;
  const packages = `Debian: libstd-rust-dev-wasm32, Fedora: rust-std-static-${wasmTarget}`;
  await addWithRustup("target", [wasmTarget], packages);
}

/** Components for the tests only. */
export async function ensureRustComponents() {
  const missing = ["fmt", "clippy"].filter((command) => ask("cargo", [command, "--version"]) === null);
  const names = missing.map((command) => command.replace("fmt", "rustfmt"));
  if (names.length > 0) await addWithRustup("component", names, "packages of the same names");
}

/** @param {"target" | "component"} kind @param {string[]} names @param {string} packages for those without rustup */
async function addWithRustup(kind, names, packages) {
  if (ask("rustup", ["--version"]) === null) {
    throw new Failure(`Rust lacks ${names.join(" and ")}, and rustup is not installed`, {
      advice: `Install it from your system (${packages}), or Rust from https://rustup.rs.`,
    });
  }
  await step(`Adding Rust's ${kind} ${names.join(" and ")}`, () =>
    runOrFail("rustup", [kind, "add", ...names], { advice: "This needs the network, once." }),
  );
}

/** The compiler's release, commit and host. */
export const rustFacts = () => ask("rustc", ["-vV"]) ?? "";

/** The release of the compiler and of its standard library. */
export function rustRelease() {
  const facts = rustFacts();
  const fact = (/** @type {string} */ name) =>
    new RegExp(`^${name}: (.+)`, "m").exec(facts)?.[1] ?? "unknown";
  return { version: fact("release"), commit: fact("commit-hash") };
}
