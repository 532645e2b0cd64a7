import * as api from "./node_modules/upbit-cancel-order/index.js";
import { runSuite } from "./suite.js";

// That text cannot be compiled shows that the Content-Security-Policy is in force.
let compiled = true;
try {
  Function("1");
} catch {
  compiled = false;
}
if (compiled) throw new Error("There is no Content-Security-Policy");

const done = runSuite(api, location.origin);
// A Service Worker is ended once it is installed.
addEventListener("install", (event) => /** @type {any} */ (event).waitUntil(done));
