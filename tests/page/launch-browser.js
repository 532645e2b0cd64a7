import { chromium } from "playwright-core";
import { ensureChromium } from "../../scripts/browsers.mjs";

/** What a browser would ask others about on its own. */
const QUIET = ["no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];

/** Chromium of this system, without a window. */
export async function launchBrowser() {
  const executablePath = await ensureChromium();
  // Root may not use the sandbox, and root is who containers run as.
  const sandbox = process.getuid?.() === 0 ? ["no-sandbox"] : [];
  return chromium.launch({
    executablePath,
    args: [...QUIET, "disable-gpu", "disable-quic", ...sandbox].map((name) => `--${name}`),
  });
}
