// The versions of Node that the package is for: one whose engine has the fault of Node 20 and 22, and those after it.
import { existsSync } from "node:fs";
import { ensureTools, executable } from "../runtimes/tools.js";

/** Installs the versions, once, with the other runtimes, and tells where they are. */
export async function nodeVersions() {
  await ensureTools();
  return [20, 22, 24]
    .map((version) => ({ version, path: executable(`node-${version}`) }))
    .filter(({ path }) => existsSync(path));
}
