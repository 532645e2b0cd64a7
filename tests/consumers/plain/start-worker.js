new Worker("run-suite.js", { type: "module" });
