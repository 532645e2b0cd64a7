// Which lines and branches of the pure modules in src/ the native tests run. Branches are counted by nightly
// compilers only. Tests inside a module are left out: they run themselves.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { Failure, runAsScript } from "./failure.mjs";
import { inRoot, root } from "./paths.mjs";
import { ask, runOrFail } from "./run.mjs";
import { say, step } from "./steps.mjs";

/** @typedef {{ found: number, hit: number }} Count */

const folder = inRoot("target/coverage-rust");
const profiles = join(folder, "profiles");
const env = {
  CARGO_TARGET_DIR: folder,
  LLVM_PROFILE_FILE: join(profiles, "%p.profraw"),
  RUSTFLAGS: "-Cinstrument-coverage -Zcoverage-options=branch",
};
const advice = "rustup toolchain install nightly";
const cargoTest = ["+nightly", "test", "--locked"];

/** @param {string} name */
function llvmTool(name) {
  const libraries = ask("rustc", ["+nightly", "--print", "target-libdir"]);
  if (libraries === null) throw new Failure("There is no nightly Rust", { advice });
  return join(libraries, "../bin", name);
}

/** @returns {Promise<string>} the tests' program */
async function build() {
  const told = await runOrFail("cargo", [...cargoTest, "--no-run", "--message-format=json"], { env });
  const program = /"executable":"([^"]+)"/.exec(told)?.[1];
  if (program === undefined) throw new Failure("Cargo built no tests", { output: told });
  return program;
}

/** @param {string} program @returns {Promise<string>} what ran, as lcov has it */
async function record(program) {
  // What ran during the build is of no interest.
  rmSync(profiles, { recursive: true, force: true });
  await runOrFail("cargo", cargoTest, { env });
  const merged = join(folder, "tests.profdata");
  const raw = readdirSync(profiles).map((name) => join(profiles, name));
  await runOrFail(llvmTool("llvm-profdata"), ["merge", "-sparse", ...raw, "-o", merged]);
  return runOrFail(llvmTool("llvm-cov"), ["export", program, `-instr-profile=${merged}`, "-format=lcov"]);
}

/** @param {string} file */
function firstLineOfTests(file) {
  const line = readFileSync(inRoot(file), "utf8").split("\n").indexOf("#[cfg(test)]");
  return line === -1 ? Infinity : line + 1;
}

/**
 * @param {string[]} records of one file: DA:line,count and BRDA:line,block,branch,count
 * @param {string} kind
 * @param {number} end
 * @returns {Count}
 */
function count(records, kind, end) {
  const counts = records
    .filter((record) => record.startsWith(`${kind}:`))
    .map((record) => record.slice(kind.length + 1).split(","))
    .filter(([line]) => Number(line) < end)
    .map((fields) => Number(fields.at(-1)) > 0);
  return { found: counts.length, hit: counts.filter(Boolean).length };
}

/** @param {Count} count */
const share = ({ found, hit }) =>
  `${hit} of ${found}`.padStart(14) + (found ? `${((100 * hit) / found).toFixed(1)} %` : "-").padStart(9);

/** @param {string} lcov */
function tellFiles(lcov) {
  const total = { DA: { found: 0, hit: 0 }, BRDA: { found: 0, hit: 0 } };
  say(`${"".padEnd(26)}${"lines".padStart(23)}${"branches".padStart(23)}`);
  for (const file of lcov.split("end_of_record")) {
    const records = file.trim().split("\n");
    const path = relative(root, records[0]?.slice("SF:".length) ?? "");
    if (!path.startsWith("src/")) continue;
    const end = firstLineOfTests(path);
    const [lines, branches] = [count(records, "DA", end), count(records, "BRDA", end)];
    add(total.DA, lines);
    add(total.BRDA, branches);
    say(path.padEnd(26) + share(lines) + share(branches));
    tellMissed(records, end);
  }
  say("All".padEnd(26) + share(total.DA) + share(total.BRDA));
}

/** @param {Count} sum @param {Count} more */
function add(sum, { found, hit }) {
  sum.found += found;
  sum.hit += hit;
}

/** @param {string[]} records @param {number} end */
function tellMissed(records, end) {
  const missed = records
    .filter((record) => /^(DA|BRDA):.*,(0|-)$/.test(record))
    .map((record) => Number(/\d+/.exec(record)?.[0]))
    .filter((line) => line < end);
  if (missed.length > 0) say(`  in lines ${[...new Set(missed)].sort((a, b) => a - b).join(", ")}`);
}

await runAsScript(import.meta.url, async () => {
  await runOrFail("rustup", ["component", "add", "llvm-tools", "--toolchain", "nightly"], { advice });
  const program = await step("Building the tests with counters", build);
  tellFiles(await step("Running them", () => record(program)));
});
