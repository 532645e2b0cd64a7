// `npm run audit`, before a release: asks the advisory databases about everything that the lock files name.
// They are on the network, so it is no part of `npm test`; where they do not answer, it fails.
import { ensureCargoDeny } from "./cargo-tools.mjs";
import { Failure, runAsScript } from "./failure.mjs";
import { npmFolders } from "./manifests.mjs";
import { ensureRust } from "./rust.mjs";
import { ensureNode } from "./setup.mjs";
import { say } from "./steps.mjs";
import { commands } from "./test-kinds.mjs";

await runAsScript(import.meta.url, async () => {
  ensureNode();
  ensureRust();
  await ensureCargoDeny();
  const audits = npmFolders.map((folder) => ["npm", "audit", "--package-lock-only", "--prefix", folder]);
  const all = [["cargo-deny", "--color", "never", "check"], ...audits];
  const { ok } = await commands(.../** @type {[string, ...string[]][]} */ (all))({ onLine: say });
  if (!ok) throw new Failure("Something was found, or an advisory database did not answer");
});
