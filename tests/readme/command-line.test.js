// The README's session with the command line, as it is written but for the port of the exchange.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const session = /^```sh\n(export UPBIT_ACCESS_KEY.*?)^```/ms.exec(readme)?.[1] ?? assert.fail("no session");
const folder = fileURLToPath(new URL("../../target/readme/", import.meta.url));

/** A folder in which the package is installed, and nothing else is. */
function freshFolder() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(`${folder}package.json`, '{ "private": true }\n');
  symlinkSync("../consumer/node_modules", `${folder}node_modules`);
}

test("the session of the README", async (t) => {
  freshFolder();
  const exchange = await openExchange(t);
  const script = session.replace("http://127.0.0.1:8788", exchange.url);
  const child = spawn("sh", ["-e", "-c", script], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const [code] = await once(child, "close");
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^exit status 1$/m);
  assert.match(stdout, /DELETE http/);
  const results = readFileSync(`${folder}results.jsonl`, "utf8").trimEnd().split("\n");
  assert.deepEqual(
    results.map((line) => JSON.parse(line).ok),
    [true, true],
  );
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1);
  assert.equal(exchange.counts[200], 5);
});
