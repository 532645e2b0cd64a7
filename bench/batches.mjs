// Many orders at once, confirmation, and the guard.
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

/** All of one account; the exchange keeps its limits. @type {import("./run.mjs").Row} */
export async function batches(scale) {
  // These two only wait, so they can do it at the same time.
  const [singles, ccxt] = await Promise.all([cancelMany("cancelOrders", ORDERS), cancelMany("ccxt", ORDERS)]);
  /** @type {number[]} */
  const requests = [];
  const byIds = (/** @type {number} */ orders, /** @type {number} */ rounds) =>
    alternate(["cancelByIds", "python"], rounds, async (name) => {
      const { seconds, arrived } = await cancelMany(name, orders);
      if (name === "cancelByIds" && orders === ORDERS) requests.push(arrived.length);
      return seconds;
    });
  const [few, many] = [await byIds(ORDERS, scale(7)), await byIds(10 * ORDERS, 1)];
  const alone = { cancelOrders: [singles.seconds], ccxt: [ccxt.seconds] };
  return [
    ...compare("300 orders, one by one", "s", alone, { ccxt: undefined }, "cancelOrders"),
    { what: "300 orders by ids", unit: "requests", ours: requests, most: 15 },
    { what: "300 orders by ids", unit: "s", ours: few.cancelByIds ?? [], most: 0.25 },
    ...compare(
      "300 orders by ids",
      "s",
      { ...few, ...alone },
      { python: undefined, cancelOrders: undefined, ccxt: undefined },
      "cancelByIds",
    ),
    { what: "3,000 orders by ids", unit: "s", ours: many.cancelByIds ?? [], most: 5.5 },
    ...compare("3,000 orders by ids", "s", many, { python: undefined }, "cancelByIds"),
  ];
}

/**
 * With a client in a new process, on a new exchange.
 * @param {string} name of the client, or of the operation of ours
 * @param {number} orders
 */
function cancelMany(name, orders, call = {}) {
  // ccxt takes only one object for an answer.
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

/** What it costs to know how an order ended. @type {import("./run.mjs").Row} */
export async function confirmation(scale) {
  const many = accounts(100);
  const orders = 5;
  const confirmed = { confirmMs: 10_000 };
  const { one, looks } = await withExchange({ keys: many }, (baseUrl, exchange) =>
    withClients(["ours"], { baseUrl, keys: many }, async (ask) => {
      const one = await alternate(["plain", "confirmed"], scale(15), async (kind) => {
        const uuids = await exchange("orders", { count: orders });
        const call = kind === "confirmed" ? confirmed : {};
        const { wall } = await ask("ours", "cancel", { uuids, inFlight: 1, call });
        return wall / 1000;
      });
      return { one, looks: looksIn(await exchange("requests")) / (orders * (scale(15) + 1)) };
    }),
  );
  const batch = [];
  for (let round = 0; round < scale(5); round += 1)
    batch.push(await cancelMany("cancelByIds", ORDERS, confirmed));
  const { plain = [] } = one;
  return [
    {
      what: "Confirming one order",
      unit: "ms more",
      ours: (one.confirmed ?? []).map((wall, round) => wall - (plain[round] ?? Number.NaN)),
      most: 150,
    },
    { what: "Confirming one order", unit: "looks", ours: [looks], most: 1 },
    { what: "300 orders by ids, confirmed", unit: "s", ours: batch.map(({ seconds }) => seconds) },
    {
      what: "300 orders by ids, confirmed",
      unit: "looks",
      ours: batch.map(({ arrived }) => looksIn(arrived)),
      most: 10,
    },
  ];
}

/** @param {Arrived[]} arrived */
const looksIn = (arrived) => arrived.filter(({ method }) => method === "GET").length;

/** From the bot's death to the answer to the last cancellation. @type {import("./run.mjs").Row} */
export async function guard(scale) {
  const samples = [];
  for (let round = 0; round < scale(5); round += 1) samples.push(await withExchange(slow, killBot));
  return [{ what: "Guard: 300 orders after the bot's death", unit: "s", ours: samples, most: 0.5 }];
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
  const words = guarding.stderr.toArray();
  const exited = once(guarding, "exit");
  const [pid] = await Promise.race([once(guarding.stdout, "data"), exited.then(() => ["none"])]);
  if (!(Number(pid) > 0)) throw new Error(`The guard did not start: ${(await words).join("")}`);
  const killedAt = performance.timeOrigin + performance.now();
  process.kill(Number(pid), "SIGKILL");
  await exited;
  if ((await exchange("open", { uuids })) > 0)
    throw new Error(`The guard left orders open: ${(await words).join("")}`);
  const cancellations = (await exchange("requests")).filter(
    (/** @type {Arrived} */ { method }) => method === "DELETE",
  );
  return (cancellations.at(-1).at + LATENCY_MS - killedAt) / 1000;
}
