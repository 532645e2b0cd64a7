// Batches, confirmation and the guard.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { inRoot } from "../scripts/paths.mjs";
import { python } from "../tests/peers/install.js";
import { cli, cliEnv } from "./calls.mjs";
import { accounts, withClients, withExchange } from "./processes.mjs";
import { alternate, compare } from "./statistics.mjs";

/** @typedef {{ method: string, path: string, at: number, status: number }} Arrived */

const ORDERS = 300;
const LATENCY_MS = 50;
const keys = accounts(1);
const [pair = { accessKey: "", secretKey: "" }] = keys;
const slow = { keys, limited: true, fault: { endpoint: "any", latencyMs: LATENCY_MS } };

/** All requests use one account, and the exchange applies its rate limit. @type {import("./run.mjs").Row} */
export async function batches(scale) {
  // These two mostly wait, so they can run at the same time.
  const [singles, ccxt] = await Promise.all([cancelMany("cancelOrders", ORDERS), cancelMany("ccxt", ORDERS)]);
  /** @type {number[]} */
  const requests = [];
  const byIds = (/** @type {number} */ orders, /** @type {number} */ rounds) =>
    alternate(
      ["cancelByIds", "python"],
      rounds,
      async (name) => {
        const { seconds, arrived } = await cancelMany(name, orders);
        if (name === "cancelByIds" && orders === ORDERS) requests.push(arrived.length);
        return seconds;
      },
      1,
    );
  const [few, many] = [await byIds(ORDERS, scale(7)), await byIds(10 * ORDERS, scale(2))];
  const all = { ...few, cancelOrders: [singles.seconds], ccxt: [ccxt.seconds], requests };
  const goals = { cancelByIds: 0.25, python: undefined, cancelOrders: undefined, ccxt: undefined };
  return [
    ...compare("300 orders, one by one", "s", all, { ccxt: undefined }, "cancelOrders"),
    ...compare("300 orders by id", "requests", all, { requests: 15 }, "requests"),
    ...compare("300 orders by id", "s", all, goals, "cancelByIds"),
    ...compare("3,000 orders by id", "s", many, { cancelByIds: 5.5, python: undefined }, "cancelByIds"),
  ];
}

/**
 * Runs a client in a new process on a new exchange.
 * @param {string} name of the client, or of the function of our package
 * @param {number} orders
 */
function cancelMany(name, orders, call = {}) {
  // ccxt can only read an answer that is one object.
  const options = name === "ccxt" ? { ...slow, fault: { latencyMs: LATENCY_MS, shape: "object" } } : slow;
  return withExchange(options, async (baseUrl, exchange) => {
    const uuids = await exchange("orders", { count: orders });
    const work = name === "python" ? cancelByPython : cancelByNode;
    const seconds = await work({ name, baseUrl, uuids, call });
    if ((await exchange("open", { uuids })) > 0) throw new Error(`${name} left orders open`);
    const arrived = /** @type {Arrived[]} */ (await exchange("requests"));
    const refused = arrived.filter(({ status }) => status !== 200).length;
    if (refused > 0) throw new Error(`${refused} requests of ${name} were refused`);
    return { seconds, arrived };
  });
}

/** @typedef {{ name: string, baseUrl: string, uuids: string[], call: object }} Work */

/** @param {Work} work */
async function cancelByNode({ name, baseUrl, uuids, call }) {
  const client = name === "ccxt" ? name : "ours";
  const input = { operation: name, uuids, call };
  return (await withClients([client], { baseUrl, keys }, (ask) => ask(client, "cancelMany", input))) / 1000;
}

/** @param {Work} work */
async function cancelByPython({ baseUrl, uuids }) {
  const child = spawn(python, [inRoot("bench/by_uuids.py")], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify({ ...pair, baseUrl, uuids }));
  const { seconds, canceled } = JSON.parse((await child.stdout.toArray()).join(""));
  if (canceled !== uuids.length)
    throw new Error(`The Python SDK canceled ${canceled} of ${uuids.length} orders`);
  return seconds;
}

/** The extra time and lookups of `confirmMs`. @type {import("./run.mjs").Row} */
export async function confirmation(scale) {
  const many = accounts(100);
  const orders = 5;
  const confirmed = { confirmMs: 10_000 };
  const { one, lookups } = await withExchange({ keys: many }, (baseUrl, exchange) =>
    withClients(["ours"], { baseUrl, keys: many }, async (ask) => {
      const one = await alternate(["plain", "confirmed"], scale(15), async (kind) => {
        const uuids = await exchange("orders", { count: orders });
        const call = kind === "confirmed" ? confirmed : {};
        const { wall } = await ask("ours", "cancel", { uuids, inFlight: 1, call });
        return wall / 1000;
      });
      return { one, lookups: lookupsIn(await exchange("requests")) / (orders * (scale(15) + 1)) };
    }),
  );
  const batch = [];
  for (let round = 0; round < scale(5); round += 1)
    batch.push(await cancelMany("cancelByIds", ORDERS, confirmed));
  const { plain = [], confirmed: slower = [] } = one;
  const samples = {
    more: slower.map(
      (/** @type {number} */ wall, /** @type {number} */ round) => wall - (plain[round] ?? Number.NaN),
    ),
    lookups: [lookups],
    seconds: batch.map(({ seconds }) => seconds),
    batchLookups: batch.map(({ arrived }) => lookupsIn(arrived)),
  };
  return [
    ...compare("Confirming one order", "extra ms", samples, { more: 150 }, "more"),
    ...compare("Confirming one order", "lookups", samples, { lookups: 1 }, "lookups"),
    ...compare("300 orders by id, confirmed", "s", samples, { seconds: undefined }, "seconds"),
    ...compare("300 orders by id, confirmed", "lookups", samples, { batchLookups: 10 }, "batchLookups"),
  ];
}

/** @param {Arrived[]} arrived */
const lookupsIn = (arrived) => arrived.filter(({ method }) => method === "GET").length;

/** From the end of the bot to the answer to the last cancellation. @type {import("./run.mjs").Row} */
export async function guard(scale) {
  const samples = [];
  for (let round = 0; round < scale(5); round += 1) samples.push(await withExchange(slow, killBot));
  return [{ what: "Guard: 300 orders after the bot ends", unit: "s", ours: samples, most: 0.5 }];
}

/** @param {string} baseUrl @param {import("./processes.mjs").Ask} exchange */
async function killBot(baseUrl, exchange) {
  const uuids = await exchange("orders", { count: ORDERS });
  const bot = "console.log(process.pid); setInterval(() => {}, 1000)";
  const args = [cli, "guard", "--everything", "--", process.execPath, "--eval", bot];
  const guarding = spawn(process.execPath, args, {
    env: cliEnv(pair, baseUrl),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stderr = guarding.stderr.toArray();
  const exited = once(guarding, "exit");
  const [pid] = await Promise.race([once(guarding.stdout, "data"), exited.then(() => ["none"])]);
  if (!(Number(pid) > 0)) throw new Error(`The guard did not start: ${(await stderr).join("")}`);
  const killedAt = performance.timeOrigin + performance.now();
  process.kill(Number(pid), "SIGKILL");
  await exited;
  if ((await exchange("open", { uuids })) > 0)
    throw new Error(`The guard left orders open: ${(await stderr).join("")}`);
  const cancellations = (await exchange("requests")).filter(
    (/** @type {Arrived} */ { method }) => method === "DELETE",
  );
  return (cancellations.at(-1).at + LATENCY_MS - killedAt) / 1000;
}
