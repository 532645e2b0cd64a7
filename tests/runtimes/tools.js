// The runtimes and tools of the matrix: installed once, from a lock file, in the folder that the consumers'
// are in, so that each finds those that it needs.
import { existsSync, readFileSync } from "node:fs";
import { ensureToolsFolder } from "../../scripts/npm-tools.mjs";
import { inRoot } from "../../scripts/paths.mjs";

/** Where the matrix is run. */
export const folder = "target/runtimes";

const platform = `${process.platform}-${process.arch}`;
/** What is not in .bin by its name. @type {Record<string, string>} */
const binaries = {
  bun: `@oven/bun-${platform.replace("arm64", "aarch64")}/bin/bun`,
  "node-20": `node-20-${platform}/bin/node`,
  "node-22": `node-22-${platform}/bin/node`,
  "node-24": `node-24-${platform}/bin/node`,
  "tsc-7": "typescript-7/bin/tsc",
};

export async function ensureTools() {
  await ensureToolsFolder({
    name: "runtimes",
    title: "Installing runtimes and bundlers",
    expect: "once, 1.6 GB",
    source: "tests/runtimes/tools",
    folder,
    // Not `ci`: it insists on binaries for every kind of machine, even those that a registry mirror lacks.
    command: "install",
  });
}

/** The executable of a tool. @param {string} name */
export function executable(name) {
  const path = binaries[name] ?? `.bin/${name}`;
  return inRoot(folder, "node_modules", path);
}

/** @param {string} tool a package, or one of the binaries */
export function versionOf(tool) {
  const [path = tool] = binaries[tool]?.split("/bin/") ?? [];
  const manifest = inRoot(folder, "node_modules", path, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : "";
}
