import { Failure } from "./failure.mjs";
import { refresh } from "./freshness.mjs";
import { isOlder, nodeVersionNeeded } from "./manifests.mjs";
import { inRoot, preferOnPath } from "./paths.mjs";
import { runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

export function ensureNode() {
  const needed = nodeVersionNeeded();
  if (!isOlder(process.versions.node, needed)) return;
  throw new Failure(`Node ${process.versions.node} is too old: ${needed} or newer is needed`, {
    advice: "Install a newer one, as from https://nodejs.org.",
  });
}

/** The development tools of package-lock.json, which npm repeats in node_modules as it ends an install. */
export async function ensureNodeModules() {
  // Some of the tools are binaries of one kind of machine.
  const name = `node-modules-${process.platform}-${process.arch}`;
  const product = { name, inputs: ["package-lock.json"], outputs: ["node_modules/.package-lock.json"] };
  await refresh(product, () => step("Installing the development tools from npm", install));
  preferOnPath(inRoot("node_modules/.bin"));
}

async function install() {
  const [command, ...first] = npm();
  await runOrFail(command, [...first, "ci", "--prefer-offline", "--no-audit", "--no-fund"], {
    advice: "This needs the network, once.",
  });
}

/** The npm that started this script, if one did: on Windows a plain `npm` cannot be started without a shell.
 * @returns {[string, ...string[]]} */
function npm() {
  const script = process.env.npm_execpath;
  return script ? [process.execPath, script] : ["npm"];
}
