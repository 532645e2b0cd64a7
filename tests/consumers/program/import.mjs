import * as api from "upbit-cancel-order";
import { runSuite } from "./suite.js";

await runSuite(api, process.argv[2] ?? "");
