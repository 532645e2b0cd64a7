// Clients by other people: those of npm, and those in Python, which `npm test` does without.
import { rmSync } from "node:fs";
import { refresh } from "../../scripts/freshness.mjs";
import { ensureToolsFolder } from "../../scripts/npm-tools.mjs";
import { inRoot } from "../../scripts/paths.mjs";
import { runOrFail } from "../../scripts/run.mjs";
import { step } from "../../scripts/steps.mjs";

export async function installPeers() {
  await ensureToolsFolder({
    name: "peers",
    title: "Installing other people's clients",
    expect: "once, 70 MB",
    source: "tests/peers/tools",
    folder: "target/peers",
    command: "ci",
  });
}

const folder = "target/python-peers";
const requirements = "tests/peers/python/requirements.txt";
const clients = { name: "python-peers", inputs: [requirements], outputs: [`${folder}/pyvenv.cfg`] };

export const python = inRoot(folder, "bin/python");

/** In an environment of their own. Needs a Python with `venv`, 3.9 or newer. */
export async function installPythonPeers() {
  await refresh(clients, () =>
    step("Installing the Python clients", installPython, { expect: "once, 60 MB" }),
  );
}

async function installPython() {
  rmSync(inRoot(folder), { recursive: true, force: true });
  const advice = "This needs Python 3.9 or newer with venv, and the network, once.";
  await runOrFail("python3", ["-m", "venv", inRoot(folder)], { advice });
  const options = ["--quiet", "--disable-pip-version-check", "--no-deps"];
  await runOrFail(python, ["-m", "pip", "install", ...options, "-r", inRoot(requirements)], { advice });
}
