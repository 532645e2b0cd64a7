// Part of a program says `import`, another `require`. Only if they get the very same functions do they share the
// budget of an account, and is an error of one an `UpbitError` of the other.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as imported from "upbit-cancel-order";
import { runSuite } from "./suite.js";

const required = createRequire(import.meta.url)("upbit-cancel-order");

assert.deepEqual({ ...required }, { ...imported });
assert.equal(required.UpbitClient, imported.UpbitClient);

await runSuite(imported, process.argv[2] ?? "");
