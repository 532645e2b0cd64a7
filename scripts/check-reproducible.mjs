// Builds the last commit in two folders and compares what would be published, byte for byte. It takes as long
// as two builds from nothing.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure, runAsScript } from "./failure.mjs";
import { buildLastCommit, differences, digestsOf } from "./fresh-build.mjs";
import { sayDone, step } from "./steps.mjs";

await runAsScript(import.meta.url, async () => {
  const folder = mkdtempSync(join(tmpdir(), "reproducible-"));
  try {
    // Of different lengths, in case that a path ends up in a file.
    const [one, other] = [join(folder, "a"), join(folder, "another-folder")];
    const first = digestsOf(await step("Building the last commit", () => buildLastCommit(one)));
    const second = digestsOf(await step("Building it in another folder", () => buildLastCommit(other)));
    const different = differences(first, second);
    if (different.length > 0) throw new Failure(`Not the same in both: ${different.join(", ")}`);
    sayDone(`${first.size} files, the same in both`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
