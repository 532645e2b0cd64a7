// The files of the page, and what every answer has.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { folder, startDashboard } from "./installed-dashboard.js";
import { openRelay, send, sendBytes } from "./relay-request.js";

/** @type {[string, RegExp][]} */
const EXPECTED = [
  ["content-security-policy", /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'/],
  ["content-security-policy", /frame-ancestors 'none'/],
  ["content-security-policy", /form-action 'none'/],
  ["x-content-type-options", /^nosniff$/],
  ["referrer-policy", /^no-referrer$/],
  ["cross-origin-opener-policy", /^same-origin$/],
  ["cross-origin-resource-policy", /^same-origin$/],
  ["permissions-policy", /camera=\(\)/],
  ["cache-control", /^no-store$/],
];

it("serves the page's files and the package, and no other file", async (t) => {
  const dashboard = await openRelay(t, {});
  const sources = readdirSync(new URL("../../www/", import.meta.url)).filter((name) => !name.endsWith(".ts"));
  for (const name of [
    "",
    "main.js",
    "upbit-cancel-order.js",
    ...sources.filter((name) => name.includes(".")),
  ]) {
    const reply = await send(dashboard, `/${name}`, { method: "GET" });
    assert.equal(reply.status, 200, name);
    if (/\.js$/.test(name)) assert.match(String(reply.headers["content-type"]), /^text\/javascript/);
  }
  for (const path of [
    "/upbit-cancel-order.d.ts",
    "/main.ts",
    "/../package.json",
    "/%2e%2e/package.json",
    "/package.json",
    "/cli.js",
    "/www/main.js",
  ]) {
    assert.equal((await send(dashboard, path, { method: "GET" })).status, 404, path);
  }
  const posted = await send(dashboard, "/", { method: "POST" });
  assert.deepEqual([posted.status, posted.headers.allow], [405, "GET, HEAD"]);
});

it("puts the security headers on every answer, refusals included", async (t) => {
  const dashboard = await openRelay(t, {});
  const replies = await Promise.all([
    send(dashboard, "/", { method: "GET" }),
    send(dashboard, "/", { method: "HEAD" }),
    send(dashboard, "/session.json", { method: "GET" }),
    send(dashboard, "/nothing", { method: "GET" }),
    send(dashboard, "/", { method: "GET", headers: { Host: "evil.example" } }),
    send(dashboard, "/relay/us/v1/order"),
    send(dashboard, "/", { method: "GET", headers: { Cookie: "x".repeat(20_000) } }),
    send(dashboard, "/", { method: "GET", headers: { Expect: "nonsense" } }),
  ]);
  for (const { status, headers } of replies) {
    for (const [name, pattern] of EXPECTED) assert.match(String(headers[name]), pattern, `${status} ${name}`);
  }
  const unreadable = await sendBytes(dashboard, "nonsense\r\n\r\n");
  assert.match(unreadable, /^HTTP\/1\.1 400 .*Content-Security-Policy: default-src 'none'/s);
});

it("tells the page about practice only if there is a practice exchange", async (t) => {
  const without = await send(await openRelay(t, {}), "/session.json", { method: "GET" });
  assert.deepEqual(JSON.parse(without.text), { practice: null });
  const dashboard = await openRelay(t, { practice: true });
  const { practice } = JSON.parse((await send(dashboard, "/session.json", { method: "GET" })).text);
  assert.deepEqual(practice, dashboard.exchange?.keys.trader);
});

it("reports when the port is in use", async (t) => {
  const { url } = await openRelay(t, {});
  const port = Number(new URL(url).port);
  await assert.rejects(
    startDashboard({ port, practice: true }),
    new RegExp(`Port ${port} is in use: .*--port`),
  );
});

it("refuses a request that does not arrive in time, and cuts a connection that its client leaves open", async (t) => {
  const dashboard = await openRelay(t, { requestTimeoutMs: 100 });
  const { hostname, port } = new URL(dashboard.url);
  for (const bytes of ["", "GET / HTTP/1.1\r\nHost:", "nonsense\r\n\r\n"]) {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk) => (text += chunk));
    socket.write(bytes);
    // Without "end" from here, the server can only cut the connection.
    await Promise.race([once(socket, "error"), once(socket, "end")]);
    assert.match(text, bytes.startsWith("nonsense") ? /^HTTP\/1\.1 400 / : /^HTTP\/1\.1 408 /);
    await cut(socket);
  }
  assert.equal((await send(dashboard, "/", { method: "GET" })).status, 200);
});

it("continues when the reader of its standard error has closed the pipe", async (t) => {
  const command = fileURLToPath(new URL("cli.js", folder));
  const child = spawn(process.execPath, [command, "dashboard", "--port", "0"]);
  t.after(() => child.kill("SIGKILL"));
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  child.stderr.destroy();
  child.stdout.destroy();
  const dashboard = { url: String(line).trim() };
  for (let count = 0; count < 20; count += 1) {
    assert.equal((await send(dashboard, "/", { method: "GET" })).status, 200);
  }
  child.kill("SIGINT");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});

/**
 * Writes until the other side has cut the connection.
 * @param {import("node:net").Socket} socket
 */
async function cut(socket) {
  const closed = new Promise((resolve) => socket.once("close", resolve).once("error", () => {}));
  const timer = setInterval(() => socket.write("x"), 20);
  await closed;
  clearInterval(timer);
}
