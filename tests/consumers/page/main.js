import * as api from "upbit-cancel-order";
import { runSuite } from "./suite.js";

runSuite(api, location.origin);
