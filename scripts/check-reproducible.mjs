// `node scripts/check-reproducible.mjs [FILE.tgz]`: builds the last commit in a new folder, and compares it byte for byte with a
// published tarball, or with a second build in another folder.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Failure, runAsScript } from "./failure.mjs";
import { runOrFail } from "./run.mjs";
import { sayDone, step } from "./steps.mjs";

/** @param {string} folder a new one @returns {Promise<string>} where the package is */
async function build(folder) {
  mkdirSync(folder);
  await runOrFail("git", ["archive", "--format=tar", "--output", `${folder}.tar`, "HEAD"]);
  await runOrFail("tar", ["-xf", `${folder}.tar`, "-C", folder]);
  await step("Building the last commit", () => runOrFail("npm", ["--prefix", folder, "run", "build"]));
  return join(folder, "pkg");
}

/** @param {string} tarball @param {string} folder a new one @returns {Promise<string>} where its package is */
async function unpack(tarball, folder) {
  mkdirSync(folder);
  await runOrFail("tar", ["-xzf", tarball, "-C", folder]);
  return join(folder, "package");
}

/** @param {string} folder @returns {Map<string, string>} the SHA-256 of each file, by its path */
function digestsOf(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  const digest = (/** @type {string} */ path) =>
    createHash("sha256").update(readFileSync(join(folder, path)));
  return new Map(files.map((path) => [path, digest(path).digest("hex")]));
}

await runAsScript(import.meta.url, async () => {
  const [tarball] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), "reproducible-"));
  try {
    // The folder names differ in length, to detect paths in files.
    const other = join(folder, "another-folder");
    const theirs = digestsOf(await (tarball ? unpack(resolve(tarball), other) : build(other)));
    const ours = digestsOf(await build(join(folder, "a")));
    const paths = [...new Set([...ours.keys(), ...theirs.keys()])];
    const different = paths.filter((path) => ours.get(path) !== theirs.get(path));
    if (different.length > 0) {
      const advice = "Use the same compiler: sbom.cdx.json names it.";
      throw new Failure(`Different files: ${different.join(", ")}`, { advice });
    }
    sayDone(`${ours.size} files are identical`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
