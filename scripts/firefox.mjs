import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "./failure.mjs";
import { runOrFail } from "./run.mjs";
import { step } from "./steps.mjs";

const names = ["firefox-esr", "firefox"];
const onMac = "/Applications/Firefox.app/Contents/MacOS/firefox";

/** The path of a browser for the matrix of runtimes. */
export async function ensureFirefox() {
  const found = findFirefox();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) {
    throw new Failure("Firefox is not on the PATH", {
      advice: "Install it (Debian: sudo apt-get install firefox-esr) and try again.",
    });
  }
  await step("Installing Firefox", installOnDebian, { expect: "once per machine, about 1 minute" });
  const installed = findFirefox();
  if (!installed) throw new Failure("Debian's firefox-esr is installed, but not on the PATH");
  return installed;
}

function findFirefox() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...places, onMac].find((path) => existsSync(path));
}

async function installOnDebian() {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runOrFail("apt-get", ["update"], { env });
  await runOrFail("apt-get", ["install", "-y", "--no-install-recommends", "firefox-esr"], { env });
}
