// Other people's clients beside ours, and on the practice exchange. Those in Python are tested where they are installed:
// by scripts/compare-clients.mjs, because `npm test` needs no Python.
import { peers } from "./clients.js";
import { testOnPractice } from "./on-practice.js";
import { pythonPeers } from "./python/clients.js";
import { testDocumentedTables } from "./tables.js";

for (const [group, clients] of Object.entries({
  npm: peers,
  Python: process.env.PYTHON_PEERS ? pythonPeers : [],
})) {
  clients.forEach(testOnPractice);
  if (clients.length > 0) testDocumentedTables(group, clients);
}
