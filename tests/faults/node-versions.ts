// The versions of Node that the package is for: one whose engine has the fault of Node 20 and 22, and those after it.
import { existsSync } from "node:fs";
import { ensureToolsFolder } from "../../scripts/npm-tools.mjs";
import { inRoot } from "../../scripts/paths.mjs";

const folder = "target/node-versions";

/** Installs the versions, once, and tells where they are. */
export async function nodeVersions() {
  await ensureToolsFolder({
    name: "node-versions",
    title: "Installing Node 20, 22 and 24",
    expect: "once, 560 MB",
    source: "tests/faults/tools",
    folder,
    // Not `ci`: it insists on binaries for every kind of machine, even those that a registry mirror lacks.
    command: "install",
  });
  const machine = `${process.platform}-${process.arch}`;
  return [20, 22, 24]
    .map((version) => ({
      version,
      path: inRoot(folder, "node_modules", `node-${version}-${machine}`, "bin/node"),
    }))
    .filter(({ path }) => existsSync(path));
}
