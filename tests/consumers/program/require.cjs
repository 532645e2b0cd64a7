const api = require("upbit-cancel-order");

import("./suite.js").then(({ runSuite }) => runSuite(api, process.argv[2] ?? ""));
