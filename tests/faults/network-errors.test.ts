// When a failure proves that nothing was sent, and when it only looks so.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import type { ClientOptions, UpbitError as Failure } from "upbit-cancel-order";
import { cancelOrder, cancelOrders, packageUrl, trader, UpbitClient } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";

const order = { uuid: EXAMPLE_UUID };
const keys = { accessKey: "an-access-key", secretKey: "a-secret-key" };

const failure = (call: Promise<unknown>): Promise<Failure> =>
  call.then(
    () => assert.fail("should have failed"),
    (error) => error,
  );

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** A port that nobody listens on. */
async function closedPort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server that answers so, and counts. */
async function openServer(t: TestContext, status: number, body: object, host = "127.0.0.1") {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(0, host);
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: portOf(server), requests };
}

/** Puts another function in the place of `fetch` until the test ends. */
function replaceFetch(t: TestContext, replacement: typeof fetch) {
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  globalThis.fetch = replacement;
}

const RELAY_NOT_SENT = { error: { name: "relay_not_sent", message: "ECONNREFUSED" } };

test("a relay on this machine is believed that it sent nothing", async (t) => {
  const { port, requests } = await openServer(t, 502, RELAY_NOT_SENT);
  for (const host of ["127.0.0.1", "localhost"]) {
    const baseUrl = `http://${host}:${port}/relay/sg`;
    const error = await failure(cancelOrder(order, { ...keys, baseUrl, maxRetries: 1 }));
    assert.deepEqual([error.outcome, error.attempts], ["not_canceled", 2]);
  }
  const baseUrl = `http://127.0.0.1:${port}/relay/sg`;
  const results = await cancelOrders([order, { identifier: "x" }], { ...keys, baseUrl, maxRetries: 0 });
  assert.deepEqual(
    results.map(errorOf).map((error) => error?.outcome),
    ["not_canceled", "not_canceled"],
  );
  assert.equal(requests.length, 6);
});

test("a relay that sent nothing is not trusted about an attempt that was lost before", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.next({ drop: "after" });
  exchange.faults.always({ status: 502, body: RELAY_NOT_SENT });
  assert.equal((await failure(cancelOrder(order, trader(exchange)))).outcome, "unknown");
});

test("another 502 of a relay on this machine is not trusted", async (t) => {
  const { port } = await openServer(t, 502, { error: { name: "bad_gateway", message: "Lost." } });
  const baseUrl = `http://127.0.0.1:${port}`;
  assert.equal((await failure(cancelOrder(order, { ...keys, baseUrl, maxRetries: 0 }))).outcome, "unknown");
});

test("the same name with another status is not trusted", async (t) => {
  for (const status of [500, 503, 408]) {
    const { port } = await openServer(t, status, RELAY_NOT_SENT);
    const baseUrl = `http://127.0.0.1:${port}`;
    assert.equal((await failure(cancelOrder(order, { ...keys, baseUrl, maxRetries: 0 }))).outcome, "unknown");
  }
});

test("a relay elsewhere is not believed", async (t) => {
  replaceFetch(t, async () => new Response(JSON.stringify(RELAY_NOT_SENT), { status: 502 }));
  for (const where of [
    { region: "sg" },
    { baseUrl: "https://relay.example" },
    { baseUrl: "https://localhost.example" },
    { baseUrl: "https://127.0.0.1.example" },
  ] satisfies Partial<ClientOptions>[]) {
    const error = await failure(cancelOrder(order, { ...where, ...keys, maxRetries: 0 }));
    assert.equal(error.outcome, "unknown");
  }
});

/** Sends, and then reports what a second send met: what a `fetch` that repeats by itself does. */
function repeating(exchangeFetch: typeof fetch, closed: number): typeof fetch {
  return async (input, init) => {
    await exchangeFetch(input, init).catch(() => {});
    return exchangeFetch(`http://127.0.0.1:${closed}/`, init ?? {});
  };
}

/** What a refused connection proves if the `fetch` may have sent before: nothing. */
async function assertUnknown(exchange: Awaited<ReturnType<typeof openExchange>>) {
  const error = await failure(cancelOrder(order, { ...trader(exchange), maxRetries: 0 }));
  assert.equal(exchange.orders.cancelCount(EXAMPLE_UUID), 1, "the first send got there");
  assert.deepEqual([error.kind, error.outcome, error.attempts], ["network", "unknown", 1]);
}

test("a refused connection is not trusted with a `fetch` that repeats by itself", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ drop: "after" });
  replaceFetch(t, repeating(fetch, await closedPort()));
  await assertUnknown(exchange);
});

test("a refused connection is not trusted with a bound `fetch`, which looks like the runtime's own", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ drop: "after" });
  replaceFetch(t, repeating(fetch, await closedPort()).bind(globalThis));
  await assertUnknown(exchange);
});

const DISPATCHER = Symbol.for("undici.globalDispatcher.1");

/** What a dispatcher tells an error: the name depends on the version of undici in Node. */
interface DispatchHandler {
  onError(error: Error): void;
  onResponseError?(controller: null, error: Error): void;
}

test("a refused connection is not trusted with a dispatcher that repeats by itself", async (t) => {
  const exchange = await openExchange(t);
  await fetch(exchange.url);
  const registry = globalThis as Record<symbol, unknown>;
  const own = registry[DISPATCHER];
  t.after(() => (registry[DISPATCHER] = own));
  /** Sends, and reports the refusal of a retry, as undici's RetryAgent does. */
  const dispatch = ({ path, ...init }: RequestInit & { path: string }, handler: DispatchHandler) => {
    const { method, headers } = init;
    fetch(exchange.url + path, { method, headers, dispatcher: own } as RequestInit).finally(() => {
      const facts = { code: "ECONNREFUSED", syscall: "connect", errno: -111 };
      const error = Object.assign(new Error("connect ECONNREFUSED"), facts);
      if (handler.onResponseError) handler.onResponseError(null, error);
      else handler.onError(error);
    });
    return true;
  };
  registry[DISPATCHER] = { dispatch };
  await assertUnknown(exchange);
});

test("a refused connection is not trusted with a `fetch` that was replaced before the package was loaded", async (t) => {
  const exchange = await openExchange(t);
  exchange.faults.always({ drop: "after" });
  const program = `
    const own = fetch;
    globalThis.fetch = ${repeating}(own, ${await closedPort()});
    const { cancelOrder } = await import(${JSON.stringify(packageUrl)});
    const options = { ...${JSON.stringify(trader(exchange))}, maxRetries: 0 };
    await cancelOrder({ uuid: "${EXAMPLE_UUID}" }, options).catch(({ outcome }) => process.stdout.write(outcome));
  `;
  const { stdout } = await runProgram(program);
  assert.equal(stdout, "unknown");
});

/** Runs a program while this one goes on to serve. */
async function runProgram(text: string) {
  const { execFile } = await import("node:child_process");
  return new Promise<{ stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, ["--input-type=module", "-e", text], (_, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}

test("a refused connection proves that nothing was sent, with the runtime's own `fetch`", async () => {
  const baseUrl = `http://127.0.0.1:${await closedPort()}`;
  const error = await failure(cancelOrder(order, { ...keys, baseUrl, maxRetries: 1 }));
  assert.deepEqual([error.kind, error.outcome, error.attempts], ["network", "not_canceled", 2]);
});

test("a port that `fetch` refuses is a wrong argument", () => {
  for (const port of [1, 22, 25, 6000, 6667, 10080]) {
    for (const options of [
      { ...keys, baseUrl: `http://127.0.0.1:${port}` },
      { ...keys, baseUrl: `https://relay.example:${port}/path` },
    ]) {
      assert.throws(() => new UpbitClient(options), {
        name: "UpbitError",
        kind: "invalid_request",
        outcome: "not_canceled",
        attempts: 0,
        message: /baseUrl.*port/,
      });
    }
  }
});

test("ports that `fetch` takes are taken", () => {
  for (const port of [80, 443, 8080, 8787, 6001, 65535]) {
    new UpbitClient({ ...keys, baseUrl: `http://127.0.0.1:${port}` }).close();
  }
});
