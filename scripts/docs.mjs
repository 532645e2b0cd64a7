// `npm run docs`: generates the API documentation of the typings (for users) and of the crate (for contributors) in target/docs/.
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

/** Includes private items, because nobody links this crate.
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
