// A fault of the engine of Node 20 and 22 that ends the process; see deoptimisation.mjs. THOROUGH=1 repeats the loops as
// often as it takes to meet the fault by chance.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { packageFolder } from "../package/installed.js";
import { nodeVersions } from "./node-versions.ts";

const program = fileURLToPath(new URL("deoptimisation.mjs", import.meta.url));
const [ROUNDS, SUCCESSES] = process.env.THOROUGH ? [8, 100_000] : [1, 5000];

function assertSurvives(node: string, ...args: string[]) {
  const { stdout, stderr, signal } = spawnSync(node, args, { encoding: "utf8" });
  assert.equal(stdout, "alive\n", `${signal}: ${stderr.slice(0, 500)}`);
}

for (const { version, path } of await nodeVersions()) {
  test(`Node ${version} survives a deoptimisation within every kind of call`, () => {
    assertSurvives(path, "--allow-natives-syntax", program, "forced");
  });

  test(`Node ${version} survives 24,000 calls that are given up while they wait`, () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      assertSurvives(path, "--no-use-osr", program, "aborted", "24000");
    }
  });

  test(`Node ${version} survives ${SUCCESSES} calls that succeed`, () => {
    assertSurvives(path, program, "successes", `${SUCCESSES}`);
  });
}

/** Prints name and results of every function that a module exports. */
const SIGNATURES = `
  const module = new WebAssembly.Module(require("node:fs").readFileSync(process.argv[1]));
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  console.log(JSON.stringify(functions.map(({ name, type }) => ({ name, results: type.results }))));
`;

test("no export of the WebAssembly has a reference as its only result", () => {
  const args = ["--experimental-wasm-type-reflection", "-e", SIGNATURES, join(packageFolder, "core.wasm")];
  const functions = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  assert.ok(functions.length > 10, `${functions.length} functions`);
  const numbers = ["i32", "i64", "f32", "f64"];
  for (const { name, results } of functions) {
    assert.ok(results.length !== 1 || numbers.includes(results[0]), `${name} gives ${results}`);
  }
});
