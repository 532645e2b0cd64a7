// One budget for all that use an account in a thread, and a divided one for those who cannot see each other.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { Worker } from "node:worker_threads";
import { cancelOrders, packageFolder, packageUrl, trader, UpbitClient } from "../package/installed.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { errorOf } from "../result-parts.ts";

type Exchange = Awaited<ReturnType<typeof openExchange>>;
type Package = typeof import("upbit-cancel-order");

const open = (exchange: Exchange, count: number) =>
  exchange.orders.addMany(count).map(({ uuid }) => ({ uuid }));

/** The most requests that arrived within a second, of those after the first so many. */
function mostInASecond({ requests }: Exchange, after = 0) {
  const times = requests.slice(after).map(({ at }) => at);
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
}

/** The package in another version, installed beside the tested one. */
async function otherVersion(t: TestContext, version: string): Promise<Package> {
  const folder = mkdtempSync(join(tmpdir(), "other-version-"));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(packageFolder, folder, { recursive: true });
  const own = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
  for (const name of readdirSync(folder).filter((file) => /\.(c?js|json)$/.test(file))) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, name), text.replaceAll(own, version));
  }
  return import(pathToFileURL(join(folder, "index.js")).href);
}

const WORKER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { orders, options, url } = workerData;
  import(url)
    .then(({ cancelOrders }) => cancelOrders(orders, options))
    .then((results) => parentPort.postMessage(results.map(({ ok }) => ok)));
`;

// Each has an exchange of its own, and so a budget; most of the time they wait.
describe("a shared budget", { concurrency: true }, () => {
  test("another version of the package in the same thread shares the budget", async (t) => {
    const exchange = await openExchange(t);
    const other = await otherVersion(t, "98.7.6");
    const options = trader(exchange);
    const results = await Promise.all([
      cancelOrders(open(exchange, 45), options),
      other.cancelOrders(open(exchange, 45), options),
    ]);
    assert.ok(results.flat().every(({ ok }) => ok));
    assert.deepEqual(exchange.counts, { total: 90, 200: 90 });
  });

  test("another version of the package knows of a block", async (t) => {
    const exchange = await openExchange(t);
    const other = await otherVersion(t, "98.7.6");
    exchange.faults.next({ blocked: true, retryAfter: "30" });
    const order = { uuid: EXAMPLE_UUID };
    const [first] = await cancelOrders([order], trader(exchange));
    assert.equal(errorOf(first)?.status, 418);
    const [second] = await other.cancelOrders([order], trader(exchange));
    assert.deepEqual([errorOf(second)?.kind, errorOf(second)?.attempts], ["rate_limited", 0]);
    assert.equal(exchange.counts.total, 1);
  });

  test("what the copies share knows no key", async (t) => {
    const exchange = await openExchange(t);
    const options = trader(exchange);
    const client = new UpbitClient(options);
    await client.cancelOrders(open(exchange, 2));
    const shared = Reflect.ownKeys(globalThis)
      .filter((name) => String(name).includes("upbit"))
      .map((name) => Reflect.get(globalThis, name));
    assert.ok(shared.length > 0);
    const text = inspect(shared, {
      depth: Infinity,
      showHidden: true,
      maxArrayLength: null,
      maxStringLength: null,
    });
    assert.ok(!text.includes(options.accessKey) && !text.includes(options.secretKey));
    client.close();
  });

  test("requestsPerSecond is what a client sends in a second at most", async (t) => {
    const exchange = await openExchange(t);
    const results = await cancelOrders(open(exchange, 12), { ...trader(exchange), requestsPerSecond: 5 });
    assert.ok(results.every(({ ok }) => ok));
    assert.equal(mostInASecond(exchange), 5);
  });

  test("with several open clients of an account the lowest requestsPerSecond counts, until it is closed", async (t) => {
    const exchange = await openExchange(t);
    const client = new UpbitClient(trader(exchange));
    const slow = new UpbitClient({ ...trader(exchange), requestsPerSecond: 4 });
    const less = new UpbitClient({ ...trader(exchange), requestsPerSecond: 7 });
    for (const [opened, perSecond] of [
      [slow, 4],
      [less, 7],
      [client, 10],
    ] as const) {
      const before = exchange.requests.length;
      await client.cancelOrders(open(exchange, 10));
      assert.equal(mostInASecond(exchange, before), perSecond);
      opened.close();
      await delay(1100);
    }
  });

  test("a low requestsPerSecond of one account slows no other", async (t) => {
    const other = { accessKey: "other", secretKey: "other", account: "other" };
    const exchange = await openExchange(t, { keys: { other } });
    const slow = new UpbitClient({ ...trader(exchange), requestsPerSecond: 1 });
    const { accessKey, secretKey } = other;
    await cancelOrders(open(exchange, 10), { ...trader(exchange), accessKey, secretKey });
    assert.ok(mostInASecond(exchange) > 1);
    slow.close();
  });

  test("threads that divide the limit by requestsPerSecond are never refused", async (t) => {
    const exchange = await openExchange(t);
    const options = { ...trader(exchange), requestsPerSecond: 15 };
    const threads = [0, 1].map(() => {
      const workerData = { orders: open(exchange, 40), options, url: packageUrl };
      const worker = new Worker(WORKER, { eval: true, workerData });
      return new Promise<boolean[]>((resolve, reject) => {
        worker.once("message", resolve);
        worker.once("error", reject);
      });
    });
    assert.deepEqual((await Promise.all(threads)).flat(), Array(80).fill(true));
    assert.deepEqual(exchange.counts, { total: 80, 200: 80 });
  });

  test("a program that was refused while others used the account is back at the whole budget within 3 s", async (t) => {
    const exchange = await openExchange(t);
    const used = { rateLimited: true, remainingReq: "group=default; min=1800; sec=0" };
    exchange.faults.always(used);
    const controller = new AbortController();
    const batch = cancelOrders(open(exchange, 300), { ...trader(exchange), signal: controller.signal });
    await delay(2500);
    exchange.faults.clear();
    const end = performance.now();
    await delay(5200);
    controller.abort();
    await batch;
    const accepted = exchange.requests.filter(({ status }) => status === 200).map(({ at }) => at - end);
    const secondsFrom = accepted.map((from) => ({
      from,
      count: accepted.filter((at) => at >= from && at < from + 1000).length,
    }));
    const whole = secondsFrom.find(({ count }) => count >= 28);
    assert.ok(whole && whole.from <= 3000, `the first second with 28 requests begins at ${whole?.from} ms`);
    assert.equal(exchange.counts[418], undefined);
  });
});
