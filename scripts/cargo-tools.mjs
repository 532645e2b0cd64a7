// Tools that cargo builds, of exactly our versions. What is missing is built into a folder of cargo's own
// named after the version: nothing that the user has installed is touched, and all checkouts share it.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { lockedVersion } from "./manifests.mjs";
import { cargoHome, inRoot, preferOnPath } from "./paths.mjs";
import { ask, runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

/** @typedef {{ crate: string, binary: string, version: string, features: string[], expect: string }} Tool */

/** @returns {Tool[]} */
const buildTools = () => [
  {
    crate: "wasm-bindgen-cli",
    binary: "wasm-bindgen",
    version: lockedVersion("wasm-bindgen"),
    // Without TLS, which is only for its test runner's downloads.
    features: ["--no-default-features"],
    expect: "once per machine, about 2 minutes",
  },
  {
    crate: "wasm-pack",
    binary: "wasm-pack",
    version: "0.15.1",
    features: [],
    expect: "once per machine, about 1 minute",
  },
];

/** @type {Tool} */
const cargoDeny = {
  crate: "cargo-deny",
  binary: "cargo-deny",
  version: "0.20.2",
  features: [],
  expect: "once per machine, about 5 minutes",
};

/** Of what the build uses. @returns {{ name: string, version: string }[]} */
export const toolVersions = () => buildTools().map(({ crate, version }) => ({ name: crate, version }));

const buildFolder = inRoot("target/cargo-tools");

export async function ensureCargoTools() {
  await ensure(buildTools());
}

/** For `npm run audit`, which few will ever run. */
export async function ensureCargoDeny() {
  await ensure([cargoDeny]);
}

/** @param {Tool[]} tools */
async function ensure(tools) {
  const missing = tools.filter((tool) => !isAt(tool, tool.binary));
  for (const tool of missing) {
    const bin = join(installRoot(tool), "bin");
    if (!isAt(tool, join(bin, tool.binary))) await install(tool);
    preferOnPath(bin);
  }
  rmSync(buildFolder, { recursive: true, force: true });
}

/** @param {Tool} tool */
const installRoot = ({ crate, version }) => join(cargoHome, "tools", `${crate}-${version}`);

/** @param {Tool} tool @param {string} binary */
const isAt = ({ version }, binary) => ask(binary, ["--version"])?.split(" ")[1] === version;

/**
 * Unoptimised and without debug information, because that builds soonest and the tools are fast enough so.
 * One build folder, because they have crates in common. Not `--locked`, because the tools' lock files may
 * name releases that a registry mirror does not have.
 * @param {Tool} tool
 */
async function install(tool) {
  const { crate, binary, version, features, expect } = tool;
  const which = ["--version", version, "--bin", binary, ...features];
  await step(
    `Building ${binary} ${version}`,
    (tell) =>
      runOrFail("cargo", ["install", crate, ...which, "--debug", "--force", "--root", installRoot(tool)], {
        env: { CARGO_TARGET_DIR: buildFolder, CARGO_PROFILE_DEV_DEBUG: "0" },
        onLine: (line) => /^ *(Compiling|Downloaded) /.test(line) && tell(line),
        advice: adviceFor,
      }),
    { expect },
  );
}

/** @param {string} output */
function adviceFor(output) {
  if (/linker `.+` not found/.test(output)) {
    return "Install a C compiler, for its linker (Debian: build-essential; macOS: xcode-select --install).";
  }
  return "This needs the network, once. Trying again goes on where this stopped.";
}
