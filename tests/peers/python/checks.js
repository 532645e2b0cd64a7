// Not part of `npm test`, which needs no Python: scripts/second-opinions.mjs runs it.
import { testDocumentedTables } from "../documented.js";
import { testOnPractice } from "../on-practice.js";
import { pythonPeers } from "./peers.js";

pythonPeers.forEach(testOnPractice);
testDocumentedTables("Python", pythonPeers);
