import { installPeers } from "../tests/peers/install.js";
import { ensureTools } from "../tests/runtimes/tools.js";
import { buildPackage } from "./build.mjs";
import { installConsumer } from "./consumer.mjs";
import { rustDoc, typeDoc } from "./docs.mjs";
import { npmTool } from "./npm-tools.mjs";
import { wasmTarget } from "./rust.mjs";
import { cargoTests, commands, nodeTests, ownWork } from "./test-kinds.mjs";

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {import("./test-kinds.mjs").Work} work
 * @property {string[]} [needs] parts that must succeed first
 */

const clippy = (/** @type {string[]} */ ...args) =>
  /** @type {[string, ...string[]]} */ (["cargo", "clippy", "--locked", ...args, "--", "-D", "warnings"]);

/** In the order of execution. @type {Part[]} */
export const parts = [
  { name: "format", work: commands(["cargo", "fmt", "--check", "--", "--color", "never"]) },
  {
    name: "lint",
    work: commands(npmTool("@biomejs/biome/bin/biome", "ci", "--colors=off", "--error-on-warnings")),
  },
  { name: "imports", work: nodeTests("tests/imports") },
  { name: "clippy", work: commands(clippy("--all-targets"), clippy("--lib", "--target", wasmTarget)) },
  { name: "native", work: cargoTests("--locked") },
  { name: "build", work: ownWork(buildPackage) },
  { name: "install", needs: ["build"], work: ownWork(installConsumer) },
  { name: "supply", needs: ["build"], work: nodeTests("tests/supply-chain") },
  { name: "types", work: commands(npmTool("typescript/bin/tsc", "-p", "tsconfig.json")) },
  {
    name: "docs",
    work: commands(typeDoc("--emit", "none"), rustDoc(), rustDoc("--target", wasmTarget)),
  },
  { name: "practice", work: nodeTests("tests/practice") },
  { name: "wasm", needs: ["install"], work: nodeTests("tests/wasm") },
  { name: "package", needs: ["install"], work: nodeTests("tests/package") },
  { name: "faults", needs: ["install"], work: nodeTests("tests/faults", { prepare: ensureTools }) },
  { name: "cancelling", needs: ["install"], work: nodeTests("tests/cancelling") },
  { name: "peers", needs: ["install"], work: nodeTests("tests/peers", { prepare: installPeers }) },
  { name: "cli", needs: ["install"], work: nodeTests("tests/cli", { filesAtOnce: 3 }) },
  { name: "runtimes", needs: ["install"], work: nodeTests("tests/runtimes") },
  { name: "page", needs: ["install"], work: nodeTests("tests/page") },
  { name: "readme", needs: ["install"], work: nodeTests("tests/readme") },
];
