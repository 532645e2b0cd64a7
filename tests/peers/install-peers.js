// Clients by other people, as npm gives them.
import { ensureToolsFolder } from "../../scripts/npm-tools.mjs";

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
