import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "./failure.mjs";
import { runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const onMac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The path of a browser for the tests of the dashboard. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) {
    throw new Failure("Neither Chromium nor Chrome is on the PATH", {
      advice: "Install one (Debian: sudo apt-get install chromium) and try again.",
    });
  }
  await step("Installing Chromium", installOnDebian, { expect: "once per machine, about 1 minute" });
  const installed = findChromium();
  if (!installed) throw new Failure("Debian's chromium is installed, but not on the PATH");
  return installed;
}

function findChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...places, onMac].find((path) => existsSync(path));
}

async function installOnDebian() {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runOrFail("apt-get", ["update"], { env });
  await runOrFail("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env });
}
