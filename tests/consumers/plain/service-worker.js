import "./require-policy.js";
import * as api from "./node_modules/upbit-cancel-order/index.js";
import { runSuite } from "./suite.js";

addEventListener("install", (event) => {
  /** @type {any} */ (event).waitUntil(runSuite(api, location.origin));
});
