// `npm run docs`: API documentation, in target/docs/. That of the typings is for users, that of the crate for us.
import { cpSync } from "node:fs";
import { runAsScript } from "./failure.mjs";
import { npmTool } from "./npm-tools.mjs";
import { inRoot } from "./paths.mjs";
import { runOrFail } from "./run.mjs";
import { wasmTarget } from "./rust.mjs";
import { ensureBuildTools } from "./setup.mjs";
import { sayDone, step } from "./steps.mjs";

/** @param {string[]} args */
export const typeDoc = (...args) => npmTool("typedoc/bin/typedoc", ...args);

/** Everything in it, what is not public as well: nobody links this crate.
 * @param {string[]} target @returns {[string, ...string[]]} */
export const rustDoc = (...target) => {
  const flags = ["--document-private-items", "--deny", "warnings"];
  return ["cargo", "rustdoc", "--locked", "--lib", ...target, "--", ...flags];
};

/** @param {[string, ...string[]]} command */
const runCommand = ([command, ...args]) => runOrFail(command, args);

await runAsScript(import.meta.url, async () => {
  await ensureBuildTools();
  await step("Documenting the typings", () => runCommand(typeDoc()));
  await step("Documenting the crate", () => runCommand(rustDoc("--target", wasmTarget)));
  cpSync(inRoot("target", wasmTarget, "doc"), inRoot("target/docs/crate"), { recursive: true });
  sayDone("target/docs/index.html, and target/docs/crate/upbit_cancel_order/index.html");
});
