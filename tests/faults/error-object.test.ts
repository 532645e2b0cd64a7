// What one sees of an error: in a log, in JSON, and when nobody catches it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { UpbitError as Failure } from "upbit-cancel-order";
import { cancelOrder, cancelOrders, packageFolder, packageUrl, trader } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";

const order = { uuid: EXAMPLE_UUID };
const keys = { accessKey: "an-access-key", secretKey: "a-secret-key" };

const failure = (call: Promise<unknown>): Promise<Failure> =>
  call.then(
    () => assert.fail("should have failed"),
    (error) => error,
  );

/** Runs a program and gives what it prints on standard error. */
async function stderrOf(t: TestContext, name: string, text: string) {
  const folder = mkdtempSync(join(tmpdir(), "uncaught-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, text);
  return new Promise<string>((resolve) =>
    execFile(process.execPath, [file], (_, __, stderr) => resolve(stderr)),
  );
}

const OPTIONS = `{ accessKey: "a", secretKey: "s", baseUrl: "http://127.0.0.1:8", maxRetries: 0 }`;
const REJECTING = `globalThis.fetch = async () => new Response("", { status: 400 });`;

/** Programs in which nobody catches an error. The call is made in \`theCaller\`. */
const UNCAUGHT = {
  "an awaited call": `async function theCaller() { await cancelOrder({ uuid: "${EXAMPLE_UUID}" }, ${OPTIONS}); }
    await theCaller();`,
  "a call with then": `function theCaller() { return cancelOrder({ uuid: "${EXAMPLE_UUID}" }, ${OPTIONS}).then(() => {}); }
    theCaller();`,
  "a call that is only returned": `function theCaller() { return cancelOrder({ uuid: "${EXAMPLE_UUID}" }, ${OPTIONS}); }
    theCaller();`,
  "an awaited method": `const client = new UpbitClient(${OPTIONS});
    async function theCaller() { await client.cancelOrder({ uuid: "${EXAMPLE_UUID}" }); }
    await theCaller();`,
  "a method with then": `const client = new UpbitClient(${OPTIONS});
    function theCaller() { return client.cancelOrder({ uuid: "${EXAMPLE_UUID}" }).then(() => {}); }
    theCaller();`,
  "wrong arguments": `async function theCaller() { await cancelOrder({}, ${OPTIONS}); }
    await theCaller();`,
  "wrong arguments with then": `function theCaller() { return cancelOrder({}, ${OPTIONS}).then(() => {}); }
    theCaller();`,
  "a constructor": `function theCaller() { new UpbitClient({}); }
    theCaller();`,
  "a preview": `async function theCaller() { await previewRequest({}, ${OPTIONS}); }
    await theCaller();`,
  "an entry of a batch": `async function theCaller() {
      const [{ error }] = await cancelOrders([{ uuid: "${EXAMPLE_UUID}" }], ${OPTIONS});
      return error;
    }
    throw await theCaller();`,
  "an entry of a method's batch": `const client = new UpbitClient(${OPTIONS});
    function theCaller() { return client.cancelOrders([{}]).then(([{ error }]) => { throw error; }); }
    theCaller();`,
};

/** Node shows the line that threw: it must not be one of a bundle. */
function assertShort(stderr: string) {
  assert.match(stderr, /UpbitError: /);
  assert.match(stderr, /\btheCaller\b/);
  assert.doesNotMatch(stderr, /index\.c?js/);
  assert.ok(stderr.length < 4000, `${stderr.length} characters on standard error`);
  const longest = Math.max(...stderr.split("\n").map(({ length }) => length));
  assert.ok(longest < 500, `a line of ${longest} characters`);
}

const NAMES = "cancelOrder, cancelOrders, previewRequest, UpbitClient";

for (const [name, program] of Object.entries(UNCAUGHT)) {
  test(`an uncaught error of ${name} shows the caller and no line of the bundle`, async (t) => {
    const text = `const { ${NAMES} } = await import(${JSON.stringify(packageUrl)});\n${REJECTING}\n${program}\n`;
    assertShort(await stderrOf(t, "program.mjs", text));
  });
}

for (const name of ["a method with then", "a constructor"] as const) {
  test(`in CommonJS, too, an uncaught error of ${name} shows the caller and no line of the bundle`, async (t) => {
    const text = `const { ${NAMES} } = require(${JSON.stringify(join(packageFolder, "index.cjs"))});
      ${REJECTING}\n${UNCAUGHT[name]}\n`;
    assertShort(await stderrOf(t, "program.cjs", text));
  });
}

test("each error of a batch has the caller's frame", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ status: 400 });
  async function theCaller() {
    return cancelOrders([order, { identifier: "unknown" }, {}], trader(exchange));
  }
  for (const result of await theCaller()) assert.match(errorOf(result)?.stack ?? "", /\btheCaller\b/);
});

test("the stack begins with the name and the message", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ status: 400 });
  const error = await failure(cancelOrder(order, trader(exchange)));
  assert.ok(error.stack?.startsWith(`UpbitError: ${error.message}\n`), error.stack);
});

test("JSON has the message and every field", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ blocked: true, retryAfter: "30" });
  const error = await failure(cancelOrder(order, trader(exchange)));
  const { name, message, kind, outcome, status, code, hint, retryAfterMs, attempts } = error;
  assert.ok(message && hint);
  const json = JSON.parse(JSON.stringify(error));
  assert.deepEqual(json, {
    name,
    message,
    kind,
    outcome,
    status,
    code,
    hint,
    retryAfterMs,
    attempts,
    order: null,
  });
  assert.deepEqual(JSON.parse(JSON.stringify({ results: [{ ok: false, error }] })).results[0].error, json);
});

test("JSON of an error shows no key", async () => {
  const error = await failure(cancelOrder({}, { ...keys, region: "sg" }));
  for (const key of Object.values(keys)) assert.ok(!JSON.stringify(error).includes(key));
});

test("a refused connection names host, port and cause", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const baseUrl = `http://127.0.0.1:${port}/path`;
  const error = await failure(cancelOrder(order, { ...keys, baseUrl, maxRetries: 0 }));
  const told = `no connection to 127.0.0.1:${port} (ECONNREFUSED)`;
  assert.ok(error.message.includes(told), error.message);
  assert.ok(JSON.stringify(error).includes(told));
});

test("a name that cannot be found is named", async () => {
  const error = await failure(
    cancelOrder(order, { ...keys, baseUrl: "https://no.such.host.invalid", maxRetries: 0 }),
  );
  assert.match(error.message, /no connection to no\.such\.host\.invalid \((ENOTFOUND|EAI_AGAIN)\)/);
});

test("a connection that is lost names the host, and the cause where the runtime tells it", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ drop: "after" });
  const error = await failure(cancelOrder(order, { ...trader(exchange), maxRetries: 0 }));
  assert.ok(error.message.includes(`127.0.0.1:${exchange.port}`), error.message);
  assert.match(error.message, /UND_ERR_SOCKET|ECONNRESET/);
});

test("a cause that a replaced `fetch` makes up gets into no message unless it looks like a code", async (t) => {
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  for (const code of ["x".repeat(10_000), "a\nb", "\u001b[31m", keys.secretKey, 7, {}, null]) {
    globalThis.fetch = () => Promise.reject(Object.assign(new TypeError("no"), { cause: { code } }));
    const error = await failure(
      cancelOrder(order, { ...keys, baseUrl: "http://127.0.0.1:8", maxRetries: 0 }),
    );
    assert.equal(error.kind, "network");
    assert.ok(error.message.length < 200, `${error.message.length} characters`);
    assert.ok(!error.message.includes("\n") && !error.message.includes("\u001b"));
    assert.ok(!error.message.includes(keys.secretKey));
  }
});
