import "./require-policy.js";
import * as api from "./node_modules/upbit-cancel-order/index.js";
import { runSuite } from "./suite.js";

runSuite(api, location.origin);
