// What the relay passes on, what it passes back, and what it makes of an exchange that fails.
import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { describe, it } from "node:test";
import { openSecureUpstream, openUpstream } from "./fake-exchange.js";
import { openRelay, send } from "./relay-request.js";

const QUERY = "?identifier=a%2Bb%20'%7e%C3%A9&uuid=%2F..%2f";
const ROUTE = `/relay/sg/v1/order${QUERY}`;

/**
 * @param {import("node:test").TestContext} t
 * @param {(response: import("node:http").ServerResponse) => unknown} answer
 * @param {number} [upstreamTimeoutMs]
 */
async function open(t, answer, upstreamTimeoutMs = 10_000) {
  const upstream = await openUpstream(t, answer);
  return { relay: await openRelay(t, { upstreams: { sg: upstream.url }, upstreamTimeoutMs }), upstream };
}

describe("the relay passes on", () => {
  it("the query byte for byte, and of the headers only Authorization and Accept", async (t) => {
    const { relay, upstream } = await open(t, (response) => response.end("[]"));
    const { host } = new URL(relay.url);
    const headers = {
      Authorization: "Bearer a.b.c",
      Accept: "application/json",
      Origin: relay.url,
      "Sec-Fetch-Site": "same-origin",
      Cookie: "session=1",
      Referer: `${relay.url}/`,
      "User-Agent": "Mozilla/5.0",
      "X-Forwarded-For": "1.2.3.4",
    };
    assert.equal((await send(relay, ROUTE, { headers })).status, 200);
    const [arrived] = upstream.arrived;
    assert.deepEqual([arrived?.method, arrived?.url], ["DELETE", `/v1/order${QUERY}`]);
    assert.deepEqual(arrived?.headers, {
      authorization: "Bearer a.b.c",
      accept: "application/json",
      "user-agent": "upbit-cancel-order-dashboard",
      host: new URL(upstream.url).host,
      connection: "keep-alive",
    });
    assert.notEqual(arrived?.headers.host, host);
  });

  it("each request of its table, with its own method", async (t) => {
    const { relay, upstream } = await open(t, (response) => response.end("[]"));
    const table = [
      ["DELETE", "/v1/order?uuid=x"],
      ["DELETE", `/v1/orders/uuids?uuids[]=${"x".repeat(3980)}`],
      ["GET", "/v1/order?uuid=x"],
      ["GET", "/v1/orders/open?states[]=wait&states[]=watch&page=2"],
      ["GET", `/v1/orders/uuids?uuids[]=${"x".repeat(7980)}`],
    ];
    for (const [method = "", target] of table) {
      assert.equal((await send(relay, `/relay/sg${target}`, { method })).status, 200, `${method} ${target}`);
    }
    assert.deepEqual(
      upstream.arrived.map(({ method, url }) => [method, url]),
      table,
    );
  });

  it("status, body, Content-Type, Remaining-Req and Retry-After back, and nothing else", async (t) => {
    const { relay } = await open(t, (response) => {
      response.writeHead(429, {
        "Content-Type": "application/json; charset=utf-8",
        "Remaining-Req": "group=default; min=1800; sec=7",
        "Retry-After": "3",
        "Set-Cookie": "a=b",
        "Access-Control-Allow-Origin": "*",
        "Content-Security-Policy": "default-src *",
        "X-Request-Id": "1",
      });
      response.end('{"error":{"name":"주문"}}');
    });
    const { status, text, headers } = await send(relay, ROUTE);
    assert.deepEqual([status, text], [429, '{"error":{"name":"주문"}}']);
    assert.equal(headers["content-type"], "application/json; charset=utf-8");
    assert.equal(headers["remaining-req"], "group=default; min=1800; sec=7");
    assert.equal(headers["retry-after"], "3");
    assert.equal(headers["server-timing"], 'remaining-requests;desc="7"');
    for (const name of ["set-cookie", "access-control-allow-origin", "x-request-id"])
      assert.ok(!(name in headers), name);
    assert.match(String(headers["content-security-policy"]), /^default-src 'none'/);
  });

  it("no redirect: its status, but not where it leads", async (t) => {
    const { relay, upstream } = await open(t, (response) =>
      response.writeHead(307, { Location: "/elsewhere" }).end(),
    );
    const { status, headers } = await send(relay, ROUTE);
    assert.deepEqual([status, headers.location, upstream.arrived.length], [307, undefined, 1]);
  });

  it("logs only method, path, status and time", async (t) => {
    const { relay } = await open(t, (response) => response.end("[]"));
    await send(relay, ROUTE, { headers: { Authorization: "Bearer a.b.c" } });
    await send(relay, "/nothing?secret=1", { method: "GET" });
    await relay.close();
    const lines = relay.logged.map((line) => line.replace(/\d+ ms/, "N ms"));
    assert.deepEqual(lines, ["DELETE /relay/sg/v1/order 200 N ms\n", "GET /nothing 404 N ms\n"]);
  });
});

describe("an exchange that fails is reported as 502, never as a success", () => {
  it("when it is unreachable: nothing was sent", async (t) => {
    const { relay, upstream } = await open(t, (response) => response.end("[]"));
    const connected = await send(relay, ROUTE);
    assert.equal(connected.status, 200);
    upstream.server.closeAllConnections();
    upstream.server.close();
    await once(upstream.server, "close");
    const unknown = await openRelay(t, { upstreams: { sg: "http://no-such-host.invalid" } });
    for (const one of [relay, unknown]) {
      const { status, code, text } = await send(one, ROUTE);
      assert.deepEqual([status, code], [502, "relay_not_sent"]);
      assert.match(JSON.parse(text).error.message, /Nothing was sent/);
    }
  });

  it("when it speaks no TLS behind an https: address, or has a certificate that nobody signed: nothing was sent", async (t) => {
    const { upstream } = await open(t, () => {});
    const plain = await openRelay(t, { upstreams: { sg: upstream.url.replace("http:", "https:") } });
    assert.equal((await send(plain, ROUTE)).code, "relay_not_sent");
    const secret = await openSecureUpstream(t);
    const distrustful = await openRelay(t, { upstreams: { sg: secret.url } });
    assert.equal((await send(distrustful, ROUTE)).code, "relay_not_sent");
    assert.equal(secret.requests(), 0);
  });

  it("when it hangs up without an answer, or within one", async (t) => {
    const silent = await open(t, (response) => response.destroy());
    assert.equal((await send(silent.relay, ROUTE)).code, "relay_no_answer");
    const { relay } = await open(t, (response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("[", () => response.destroy());
    });
    const { status, code } = await send(relay, ROUTE);
    assert.deepEqual([status, code], [502, "relay_upstream_broken"]);
  });

  it("when it hangs up on a connection that is used again", async (t) => {
    let requests = 0;
    const { relay } = await open(t, (response) => {
      requests += 1;
      if (requests === 1) response.end("[]");
      else response.destroy();
    });
    assert.equal((await send(relay, ROUTE)).status, 200);
    assert.equal((await send(relay, ROUTE)).code, "relay_no_answer");
    assert.equal(requests, 2);
  });

  it("when its status is invalid", async (t) => {
    for (const status of ["101 Switching Protocols", "099 Odd", "042 Odd", "600 Odd", "999 Odd"]) {
      const headers = "Upgrade: x\r\nConnection: Upgrade\r\nContent-Length: 0";
      const { relay } = await open(t, ({ socket }) =>
        socket?.write(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n`),
      );
      const reply = await send(relay, ROUTE);
      assert.deepEqual([reply.status, reply.code], [502, "relay_upstream_broken"], status);
      assert.equal((await send(relay, "/", { method: "GET" })).status, 200, "serves on");
    }
  });

  it("when it does not answer, or does not end its answer, in time", async (t) => {
    for (const begin of [() => {}, (/** @type {any} */ response) => response.writeHead(200).write("[")]) {
      const { relay } = await open(t, begin, 50);
      const { status, code } = await send(relay, ROUTE);
      assert.deepEqual([status, code], [502, "relay_upstream_timeout"]);
    }
  });

  it("when its answer is oversized", async (t) => {
    const { relay } = await open(t, (response) => response.end("x".repeat(1024 * 1024 + 1)));
    const { status, code, text } = await send(relay, ROUTE);
    assert.deepEqual([status, code], [502, "relay_upstream_oversized"]);
    assert.ok(text.length < 200);
  });

  it("when it speaks no HTTP", async (t) => {
    const { relay } = await open(t, (response) => response.socket?.end("nonsense\r\n\r\n"));
    assert.equal((await send(relay, ROUTE)).code, "relay_no_answer");
  });
});

it("a request that the page aborts is also aborted at the exchange", { timeout: 20_000 }, async (t) => {
  /** @type {(value: unknown) => void} */
  let ended = () => {};
  const upstreamEnded = new Promise((resolve) => (ended = resolve));
  /** @type {(value: unknown) => void} */
  let started = () => {};
  const upstreamStarted = new Promise((resolve) => (started = resolve));
  const { relay } = await open(
    t,
    (response) => {
      response.on("close", ended);
      started(undefined);
    },
    600_000,
  );
  const { hostname, port } = new URL(relay.url);
  const headers = { Origin: relay.url };
  const given = request({ hostname, port, path: ROUTE, method: "DELETE", headers }).on("error", () => {});
  given.end();
  await upstreamStarted;
  given.destroy();
  await upstreamEnded;
});
