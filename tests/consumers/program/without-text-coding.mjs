import { runSuite } from "./suite.js";

// Node's own fetch needs them, once.
await fetch("data:,");
Reflect.deleteProperty(globalThis, "TextEncoder");
Reflect.deleteProperty(globalThis, "TextDecoder");

await runSuite(await import("upbit-cancel-order"), process.argv[2] ?? "");
