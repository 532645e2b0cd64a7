// `npm run audit`: checks everything in the lock files against the advisory databases. Needs the network, so it is not part of
// `npm test`. Fails if a database does not respond.
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
  if (!ok) throw new Failure("A problem was found, or an advisory database did not respond");
});
