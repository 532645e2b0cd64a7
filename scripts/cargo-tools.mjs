// Installs cargo tools in exact versions. Missing tools are built into a folder in cargo's home, named after the version. All
// checkouts share it, and the user's own tools are not changed.
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
    // Without TLS, which only the downloads of its test runner need.
    features: ["--no-default-features"],
    minutes: 2,
  },
  { crate: "wasm-pack", binary: "wasm-pack", version: "0.15.1", minutes: 1 },
];

/** The tools that the build uses. @returns {{ name: string, version: string }[]} */
export const toolVersions = () => buildTools().map(({ crate, version }) => ({ name: crate, version }));

export const ensureCargoTools = () => ensure(buildTools());

/** For `npm run audit`. */
export const ensureCargoDeny = () =>
  ensure([{ crate: "cargo-deny", binary: "cargo-deny", version: "0.20.2", minutes: 5 }]);

/** Shared, because the tools have crates in common. */
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
 * Builds without optimisation and debug information, which is fastest; the tools are fast enough. Not `--locked`, because a
 * registry mirror may not have the locked releases.
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
    return "Install a C compiler, which includes a linker (Debian: build-essential; macOS: xcode-select --install).";
  }
  return "This needs the network once. If you try again, it continues where it stopped.";
}
