// How long one cold run takes that cancels one order, against a hand-written script that does the same.
// Run by hand: node tests/cli/cold-start.mjs [runs]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startExchange } from "../../js/practice/exchange.ts";

const GOAL = 1.15;

const ours = fileURLToPath(
  new URL("../../target/consumer/node_modules/upbit-cancel-order/cli.js", import.meta.url),
);
const handWritten = fileURLToPath(new URL("hand-written.mjs", import.meta.url));

/** @typedef {import("../../js/practice/exchange.ts").Exchange} Exchange */

/** @param {string} script @param {Exchange} exchange @returns {Promise<number>} milliseconds */
async function timeOne(script, exchange) {
  const { uuid } = exchange.orders.add();
  const { accessKey, secretKey } = exchange.keys.trader;
  const env = {
    PATH: process.env.PATH,
    UPBIT_ACCESS_KEY: accessKey,
    UPBIT_SECRET_KEY: secretKey,
    UPBIT_BASE_URL: exchange.url,
  };
  const since = performance.now();
  const child = spawn(process.execPath, [script, uuid], { env, stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.resume();
  const [status] = await once(child, "close");
  const ms = performance.now() - since;
  if (status !== 0 || exchange.orders.isOpen(uuid)) throw new Error(`${script} did not cancel its order`);
  return ms;
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/**
 * @param {number} runs
 * @returns {Promise<{ ours: number, handWritten: number, ratio: number }>} medians in milliseconds
 */
export async function coldStart(runs) {
  const exchange = await startExchange({ limits: false });
  /** @type {{ ours: number[], handWritten: number[] }} */
  const times = { ours: [], handWritten: [] };
  // The first of each only warms the disk's cache up.
  for (let run = -1; run < runs; run += 1) {
    const [a, b] = [await timeOne(ours, exchange), await timeOne(handWritten, exchange)];
    if (run < 0) continue;
    times.ours.push(a);
    times.handWritten.push(b);
  }
  await exchange.close();
  const medians = { ours: median(times.ours), handWritten: median(times.handWritten) };
  return { ...medians, ratio: medians.ours / medians.handWritten };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { ratio, ...medians } = await coldStart(Number(process.argv[2] ?? 11));
  console.log(`upbit-cancel-order  ${medians.ours.toFixed(1)} ms`);
  console.log(`hand-written        ${medians.handWritten.toFixed(1)} ms`);
  console.log(`ratio               ${ratio.toFixed(3)} (goal: at most ${GOAL})`);
  process.exitCode = ratio <= GOAL ? 0 : 1;
}
