// `node scripts/check-tarball.mjs FILE.tgz`: compares a published tarball with a build of the last commit, byte
// for byte. For whoever does not want to take our word for what is in it.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Failure, runAsScript } from "./failure.mjs";
import { buildLastCommit, differences, digestsOf } from "./fresh-build.mjs";
import { runOrFail } from "./run.mjs";
import { rustRelease } from "./rust.mjs";
import { ensureRust } from "./setup.mjs";
import { sayDone, step } from "./steps.mjs";

/** What npm puts in front of every path. */
const prefix = "package";

/** @param {string} tarball @param {string} folder where to unpack it @returns {Promise<string>} */
async function unpack(tarball, folder) {
  if (!existsSync(tarball)) throw new Failure(`There is no ${tarball}`);
  mkdirSync(folder);
  await runOrFail("tar", ["-xzf", tarball, "-C", folder]);
  return join(folder, prefix);
}

/** Another compiler makes other bytes. @param {string} unpacked */
function checkCompiler(unpacked) {
  const file = join(unpacked, "sbom.cdx.json");
  if (!existsSync(file)) throw new Failure("The tarball has no sbom.cdx.json, which tells how it was built");
  /** @type {{ components: { name: string, version: string }[] }} */
  const { components } = JSON.parse(readFileSync(file, "utf8"));
  const built = components.find(({ name }) => name === "rustc")?.version ?? "an unknown version";
  const { version } = rustRelease();
  if (built === version) return;
  throw new Failure(`The tarball was built with Rust ${built}, and this is Rust ${version}`, {
    advice: `Run \`rustup toolchain install ${built}\` and set RUSTUP_TOOLCHAIN=${built}.`,
  });
}

/** @param {string} tarball @param {string} folder for the work */
async function check(tarball, folder) {
  ensureRust();
  const unpacked = await unpack(tarball, join(folder, "published"));
  checkCompiler(unpacked);
  const built = await step("Building the last commit", () => buildLastCommit(join(folder, "built")));
  const published = digestsOf(unpacked);
  const different = differences(published, digestsOf(built));
  if (different.length > 0) throw new Failure(`Not what this source gives: ${different.join(", ")}`);
  sayDone(`${published.size} files, all as this source gives them`);
}

await runAsScript(import.meta.url, async () => {
  const [tarball] = process.argv.slice(2);
  if (!tarball) throw new Failure("Usage: node scripts/check-tarball.mjs FILE.tgz");
  const folder = mkdtempSync(join(tmpdir(), "tarball-"));
  try {
    await check(resolve(tarball), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
