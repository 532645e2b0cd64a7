// Tools that cargo builds, of exactly our versions. What is missing is built into a folder of cargo's own
// named after the version: nothing that the user has installed is touched, and all checkouts share it.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { lockedVersion } from "./manifests.mjs";
import { cargoHome, inRoot, preferOnPath } from "./paths.mjs";
import { ask, runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

/** @typedef {{ crate: string, binary: string, version: string, features?: string[], minutes: number }} Tool */

/** @returns {Tool[]} */
const buildTools = () => [
  {
    crate: "wasm-bindgen-cli",
    binary: "wasm-bindgen",
    version: lockedVersion("wasm-bindgen"),
    // Without TLS, which is only for its test runner's downloads.
    features: ["--no-default-features"],
    minutes: 2,
  },
  { crate: "wasm-pack", binary: "wasm-pack", version: "0.15.1", minutes: 1 },
];

/** Of what the build uses. @returns {{ name: string, version: string }[]} */
export const toolVersions = () => buildTools().map(({ crate, version }) => ({ name: crate, version }));

export const ensureCargoTools = () => ensure(buildTools());

/** For `npm run audit`, which few will ever run. */
export const ensureCargoDeny = () =>
  ensure([{ crate: "cargo-deny", binary: "cargo-deny", version: "0.20.2", minutes: 5 }]);

/** One folder for all, because they have crates in common. */
const buildFolder = inRoot("target/cargo-tools");

/** @param {Tool[]} tools */
async function ensure(tools) {
  const isAt = (/** @type {Tool} */ { version }, /** @type {string} */ binary) =>
    ask(binary, ["--version"])?.split(" ")[1] === version;
  for (const tool of tools.filter((one) => !isAt(one, one.binary))) {
    const folder = join(cargoHome, "tools", `${tool.crate}-${tool.version}`);
    if (!isAt(tool, join(folder, "bin", tool.binary))) await install(tool, folder);
    preferOnPath(join(folder, "bin"));
  }
  rmSync(buildFolder, { recursive: true, force: true });
}

/**
 * Unoptimised and without debug information, because that builds soonest and the tools are fast enough so. Not
 * `--locked`, because the tools' lock files may name releases that a registry mirror does not have.
 * @param {Tool} tool @param {string} folder
 */
async function install({ crate, binary, version, features = [], minutes }, folder) {
  const which = ["--version", version, "--bin", binary, ...features];
  const build = (/** @type {(detail: string) => void} */ tell) =>
    runOrFail("cargo", ["install", crate, ...which, "--debug", "--force", "--root", folder], {
      env: { CARGO_TARGET_DIR: buildFolder, CARGO_PROFILE_DEV_DEBUG: "0" },
      onLine: (line) => /^ *(Compiling|Downloaded) /.test(line) && tell(line),
      advice: adviceFor,
    });
  const expect = `once per machine, about ${minutes} min`;
  await step(`Building ${binary} ${version}`, build, { expect });
}

/** @param {string} output */
function adviceFor(output) {
  if (/linker `.+` not found/.test(output)) {
    return "Install a C compiler, for its linker (Debian: build-essential; macOS: xcode-select --install).";
  }
  return "This needs the network, once. Trying again goes on where this stopped.";
}
