import assert from "node:assert/strict";
import { test } from "node:test";
import { PRACTICE_KEYS } from "../../js/practice/keys.ts";
import { EXAMPLE_UUID } from "../practice/sign.js";
import { exchangeFor, Run, runCli } from "./run-cli.js";

/**
 * A command that listens, ended with the test if not before.
 * @param {import("node:test").TestContext} t
 * @param {string[]} args
 */
function start(t, args) {
  const run = new Run(args);
  t.after(() => run.child.kill("SIGKILL"));
  return run;
}

test("practice --json prints one line when ready, accepts its keys, and ends with Ctrl-C", async (t) => {
  const run = start(t, ["practice", "--port", "0", "--json"]);
  await run.shows("stdout", "\n");
  const { url, keys, orders } = JSON.parse(run.stdout);
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.deepEqual(keys, PRACTICE_KEYS);
  assert.equal(orders[0].uuid, EXAMPLE_UUID);
  const { accessKey, secretKey } = keys.trader;
  const env = { UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey, UPBIT_BASE_URL: url };
  assert.equal((await runCli([EXAMPLE_UUID], { env })).status, 0);
  run.child.kill("SIGINT");
  const { status, stdout, stderr } = await run.end();
  assert.deepEqual({ status, stderr, lines: stdout.split("\n").length }, { status: 0, stderr: "", lines: 2 });
});

test("practice --orders N adds N open orders", async (t) => {
  const run = start(t, ["practice", "--port", "0", "--json", "--orders", "50"]);
  await run.shows("stdout", "\n");
  assert.equal(JSON.parse(run.stdout).orders.length, 12 + 50);
});

test("practice prints how to cancel a first order, and ends with SIGTERM", async (t) => {
  const run = start(t, ["practice", "--port=0"]);
  await run.shows("stdout", "export UPBIT_BASE_URL=http://127.0.0.1:");
  run.child.kill("SIGTERM");
  assert.equal((await run.end()).status, 0);
});

test("a port in use gives a readable message", async (t) => {
  const { port } = await exchangeFor(t);
  for (const command of ["practice", "dashboard"]) {
    const { status, stdout, stderr } = await runCli([command, "--port", `${port}`]);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
    assert.match(stderr, new RegExp(`^upbit-cancel-order: Port ${port} is in use`));
    assert.doesNotMatch(stderr, /\n +at /);
  }
});

test("dashboard prints its URL and ends with Ctrl-C", async (t) => {
  const run = start(t, ["dashboard", "--port", "0", "--practice", "--orders", "20"]);
  await run.shows("stdout", "\n");
  const [url = ""] = run.stdout.split("\n");
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await fetch(url)).status, 200);
  run.child.kill("SIGINT");
  assert.equal((await run.end()).status, 0);
});
