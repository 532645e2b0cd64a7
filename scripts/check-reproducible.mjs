// Builds the last commit in two folders and compares what would be published, byte for byte. It takes as long
// as two builds from nothing.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure, runAsScript } from "./failure.mjs";
import { runOrFail } from "./run.mjs";
import { sayDone, step } from "./steps.mjs";

/** @param {string} folder a new one @returns {Promise<Map<string, string>>} the digest of each file */
async function buildIn(folder) {
  mkdirSync(folder);
  await runOrFail("git", ["archive", "--format=tar", "--output", `${folder}.tar`, "HEAD"]);
  await runOrFail("tar", ["-xf", `${folder}.tar`, "-C", folder]);
  await runOrFail("npm", ["--prefix", folder, "run", "build"]);
  return digests(join(folder, "pkg"));
}

/** @param {string} folder */
function digests(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile()).sort();
  return new Map(files.map((path) => [path, digest(join(folder, path))]));
}

/** @param {string} file */
const digest = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

await runAsScript(import.meta.url, async () => {
  const folder = mkdtempSync(join(tmpdir(), "reproducible-"));
  try {
    // Of different lengths, in case that a path ends up in a file.
    const [one, other] = [join(folder, "a"), join(folder, "another-folder")];
    const first = await step("Building the last commit", () => buildIn(one));
    const second = await step("Building it in another folder", () => buildIn(other));
    const paths = new Set([...first.keys(), ...second.keys()]);
    const different = [...paths].filter((path) => first.get(path) !== second.get(path));
    if (different.length > 0) throw new Failure(`Not the same in both: ${different.join(", ")}`);
    sayDone(`${paths.size} files, the same in both`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
