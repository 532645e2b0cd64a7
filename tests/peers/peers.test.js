import { testDocumentedTables } from "./documented.js";
import { testOnPractice } from "./on-practice.js";
import { peers } from "./peers.js";

peers.forEach(testOnPractice);
testDocumentedTables("npm", peers);
