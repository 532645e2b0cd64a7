// What the relay does not do. After every refusal: nothing has arrived at the exchange.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openUpstream } from "./fake-exchange.js";
import { openRelay, send, sendBytes } from "./relay-request.js";

const OPEN = "/relay/sg/v1/orders/open?page=1";
const ROUTE = "/relay/sg/v1/order?uuid=cdd92199-2897-4e14-9448-f923320408ad";

/** All that is passed on. DELETE /v1/orders/open is not. @type {Record<string, string[]>} */
const ALLOWED = {
  "/v1/order": ["DELETE", "GET"],
  "/v1/orders/uuids": ["DELETE", "GET"],
  "/v1/orders/open": ["GET"],
};

/** @param {import("node:test").TestContext} t */
async function open(t) {
  const upstream = await openUpstream(t, (response) => response.end("[]"));
  const relay = await openRelay(t, { upstreams: { sg: upstream.url } });
  return { relay, upstream, port: new URL(relay.url).port };
}

/**
 * @param {string} target
 * @param {string[]} headers
 */
function raw(target, ...headers) {
  return [`DELETE ${target} HTTP/1.1`, ...headers, "Connection: close", "", ""].join("\r\n");
}

describe("the relay refuses", () => {
  it("a Host that is not its own, as a rebinding site sends", async (t) => {
    const { relay, upstream, port } = await open(t);
    const hosts = [
      "evil.example",
      `evil.example:${port}`,
      "127.0.0.1",
      "localhost",
      "127.0.0.1:1",
      `[::1]:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `LOCALHOST.:${port}`,
      `0.0.0.0:${port}`,
    ];
    for (const Host of hosts) {
      for (const path of [ROUTE, OPEN, "/", "/session.json"]) {
        const method = path === ROUTE ? "DELETE" : "GET";
        const reply = await send(relay, path, { method, headers: { Host } });
        assert.deepEqual([reply.status, reply.code], [403, "relay_foreign_host"], `${Host} ${path}`);
      }
    }
    const none = await sendBytes(relay, raw(ROUTE));
    assert.match(none, /^HTTP\/1\.1 403 /);
    const two = raw(ROUTE, `Host: 127.0.0.1:${port}`, "Host: evil.example");
    assert.match(await sendBytes(relay, two), /^HTTP\/1\.1 40[03] /);
    assert.equal(upstream.arrived.length, 0);
  });

  it("an Origin that is not its own", async (t) => {
    const { relay, upstream, port } = await open(t);
    const origins = [
      "https://evil.example",
      "null",
      `https://127.0.0.1:${port}`,
      "http://127.0.0.1:1",
      "http://127.0.0.1",
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}.evil.example`,
    ];
    for (const Origin of origins) {
      const reply = await send(relay, ROUTE, { headers: { Origin } });
      assert.deepEqual([reply.status, reply.code], [403, "relay_foreign_origin"], Origin);
      const read = await send(relay, OPEN, { method: "GET", headers: { Origin } });
      assert.equal(read.code, "relay_foreign_origin", Origin);
    }
    assert.equal(upstream.arrived.length, 0);
  });

  it("a browser's request from elsewhere", async (t) => {
    const { relay, upstream } = await open(t);
    for (const site of ["cross-site", "same-site", "none"]) {
      const headers = { "Sec-Fetch-Site": site };
      const reply = await send(relay, ROUTE, { headers });
      assert.deepEqual([reply.status, reply.code], [403, "relay_foreign_origin"], site);
      const read = await send(relay, OPEN, { method: "GET", headers: { Origin: "", ...headers } });
      assert.deepEqual([read.status, read.code], [403, "relay_foreign_origin"], `GET ${site}`);
    }
    assert.equal(upstream.arrived.length, 0);
  });

  it("a request without Origin, but for a GET that Sec-Fetch-Site vouches for", async (t) => {
    const { relay, upstream } = await open(t);
    const own = { "Sec-Fetch-Site": "same-origin" };
    for (const reply of [
      await send(relay, ROUTE, { headers: { Origin: "" } }),
      await send(relay, ROUTE, { headers: { Origin: "", ...own } }),
      await send(relay, OPEN, { method: "GET", headers: { Origin: "" } }),
    ])
      assert.deepEqual([reply.status, reply.code], [403, "relay_foreign_origin"]);
    assert.equal(upstream.arrived.length, 0);
    const read = await send(relay, OPEN, { method: "GET", headers: { Origin: "", ...own } });
    assert.deepEqual([read.status, upstream.arrived.length], [200, 1]);
  });

  it("requests that are not in its table", async (t) => {
    const { relay, upstream } = await open(t);
    const methods = ["DELETE", "GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "TRACE"];
    for (const [path, allowed] of Object.entries(ALLOWED)) {
      for (const method of methods.filter((name) => !allowed.includes(name))) {
        const reply = await send(relay, `/relay/sg${path}?uuid=x`, { method });
        assert.deepEqual([reply.status, reply.headers.allow], [405, allowed.join(", ")], `${method} ${path}`);
        assert.equal(reply.headers["access-control-allow-origin"], undefined);
      }
    }
    assert.equal(upstream.arrived.length, 0);
  });

  it("another path, however it is spelt", async (t) => {
    const { relay, upstream } = await open(t);
    const paths = [
      "/relay/sg/v1/orders/open",
      "/relay/sg/v1/orders",
      "/relay/sg/v1/orders/",
      "/relay/sg/v1/orders/open/",
      "/relay/sg/v1/orders/uuids/../open",
      "/relay/sg/v1/orders/closed",
      "/relay/sg/v1/orders/test",
      "/relay/sg/v1/orders/cancel_and_new",
      "/relay/sg/v1/withdraws/coin",
      "/relay/sg/v1/accounts",
      "/relay/sg/v1/order/",
      "/relay/sg/v1//order",
      "/relay/sg//v1/order",
      "/relay/sg/v1/../v1/order",
      "/relay/../relay/sg/v1/order",
      "/relay/sg/v1/withdraws/../order",
      "/relay/sg/%2e%2e/v1/order",
      "/relay/sg/%2E./v1/order",
      "/relay/sg%2fv1%2forder",
      "/relay/sg/v1%2Forder",
      "/relay/sg/v1\\order",
      "/relay\\sg\\v1\\order",
      "/relay/sg/v1%5corder",
      "/relay/sg/v1/order%00",
      "/relay/sg/v1/order;x",
      "/relay/sg/v1/order#x",
      "//relay/sg/v1/order",
      "/relay",
      "/relay/",
      "/v1/order",
      "/RELAY/sg/v1/order",
    ];
    for (const path of paths) {
      const reply = await send(relay, path);
      assert.ok(reply.status === 404 || reply.status === 405, `${reply.status} ${path}`);
    }
    const whole = raw(`http://evil.example${ROUTE}`, `Host: ${new URL(relay.url).host}`);
    assert.match(await sendBytes(relay, whole), /^HTTP\/1\.1 405 /);
    assert.equal(upstream.arrived.length, 0);
  });

  it("an unknown region, and practice where there is none", async (t) => {
    const { relay, upstream } = await open(t);
    for (const region of [
      "us",
      "practice",
      "SG",
      "",
      "sg.evil.example",
      "evil.example",
      "__proto__",
      "constructor",
    ]) {
      const reply = await send(relay, `/relay/${region}/v1/order?uuid=x`);
      assert.equal(reply.status, 404, region);
    }
    assert.equal(upstream.arrived.length, 0);
  });

  it("a body", async (t) => {
    const { relay, upstream } = await open(t);
    const sized = await send(relay, ROUTE, { body: "uuid=x", headers: { "Content-Length": "6" } });
    const chunked = await send(relay, ROUTE, { body: "uuid=x", headers: { "Transfer-Encoding": "chunked" } });
    for (const reply of [sized, chunked])
      assert.deepEqual([reply.status, reply.code], [413, "relay_body_refused"]);
    const { host } = new URL(relay.url);
    const expecting = raw(ROUTE, `Host: ${host}`, "Content-Length: 6", "Expect: 100-continue");
    assert.match(await sendBytes(relay, expecting), /^HTTP\/1\.1 413 /);
    assert.equal(upstream.arrived.length, 0);
  });

  it("headers and queries that are too long", async (t) => {
    const { relay, upstream } = await open(t);
    const header = await send(relay, ROUTE, { headers: { Authorization: "x".repeat(20_000) } });
    assert.deepEqual([header.status, header.code], [431, "relay_header_too_large"]);
    assert.match(String(header.headers["content-security-policy"]), /default-src 'none'/);
    const query = await send(relay, `/relay/sg/v1/order?identifier=${"x".repeat(5000)}`);
    assert.deepEqual([query.status, query.code], [414, "relay_query_too_long"]);
    const looks = await send(relay, `/relay/sg/v1/orders/uuids?${"x".repeat(8200)}`, { method: "GET" });
    assert.deepEqual([looks.status, looks.code], [414, "relay_query_too_long"]);
    const { host } = new URL(relay.url);
    const undecoded = raw("/relay/sg/v1/order?identifier=\xe9", `Host: ${host}`);
    assert.match(await sendBytes(relay, undecoded), /^HTTP\/1\.1 400 /);
    assert.equal(upstream.arrived.length, 0);
  });
});
