// An environment of its own for the Python clients. Needs a Python with `venv`, 3.9 or newer.
import { rmSync } from "node:fs";
import { refresh } from "../../../scripts/freshness.mjs";
import { inRoot } from "../../../scripts/paths.mjs";
import { runOrFail } from "../../../scripts/run.mjs";
import { step } from "../../../scripts/steps.mjs";

const folder = "target/python-peers";
const requirements = "tests/peers/python/requirements.txt";
const clients = { name: "python-peers", inputs: [requirements], outputs: [`${folder}/pyvenv.cfg`] };

export const python = inRoot(folder, "bin/python");

export async function installPythonPeers() {
  await refresh(clients, () => step("Installing the Python clients", install, { expect: "once, 60 MB" }));
}

async function install() {
  rmSync(inRoot(folder), { recursive: true, force: true });
  const advice = "This needs Python 3.9 or newer with venv, and the network, once.";
  await runOrFail("python3", ["-m", "venv", inRoot(folder)], { advice });
  const options = ["--quiet", "--disable-pip-version-check", "--no-deps"];
  await runOrFail(python, ["-m", "pip", "install", ...options, "-r", inRoot(requirements)], { advice });
}
