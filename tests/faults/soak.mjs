// `node --expose-gc tests/faults/soak.mjs [calls]`: one client for a long time. Half of its calls wait for the budget and
// are given up; the others meet by turns what an exchange or a network may do. The memory of the WebAssembly, the heap and
// the time of a call stay as they are after the first tenth.
import "./fast-clock.js";
import { getEventListeners } from "node:events";
import { installed, memories } from "../wasm/captured.js";

const CALLS = Number(process.argv[2] ?? 50_000);
const STEPS = 10;
/** Calls made at once: 30 that are sent and as many that wait. */
const AT_ONCE = 60;
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";

/** What a request may meet. @type {(() => Response)[]} */
const ANSWERS = [
  () => new Response(`[{"uuid":"${UUID}"}]`),
  () => new Response(`{"error":{"name":"order_not_found","message":"No such order."}}`, { status: 404 }),
  () => new Response("<html>Bad gateway</html>", { status: 502 }),
  () => new Response(""),
  () => {
    throw new TypeError("fetch failed");
  },
];
let requests = 0;
globalThis.fetch = async () => /** @type {() => Response} */ (ANSWERS[requests++ % ANSWERS.length])();

const client = new installed.UpbitClient({
  accessKey: "an-access-key",
  secretKey: "a-secret-key",
  baseUrl: "http://127.0.0.1:8",
  maxRetries: 0,
});
/** A signal for the whole program, which never fires. */
const { signal } = new AbortController();
const counts = { sent: 0, aborted: 0 };
/** Names of warnings, such as that of too many listeners on a signal. @type {Set<string>} */
const warnings = new Set();
process.removeAllListeners("warning").on("warning", ({ name }) => warnings.add(name));

/** @param {AbortSignal} signal */
async function call(signal) {
  const error = await client.cancelOrder({ uuid: UUID }, { signal }).then(
    () => null,
    (reason) => reason,
  );
  counts[error?.kind === "aborted" ? "aborted" : "sent"] += 1;
}

/** Sends as many as the budget allows, and gives up the others. */
async function round() {
  const controller = new AbortController();
  const sent = Array.from({ length: AT_ONCE / 2 }, () => call(signal));
  const waiting = sent.map(() => call(controller.signal));
  await Promise.all(sent);
  controller.abort();
  await Promise.all(waiting);
}

/** Until nothing more is to be collected. */
async function collected() {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed;
}

const steps = [];
for (let step = 1; step <= STEPS; step += 1) {
  const { user } = process.cpuUsage();
  const calls = () => counts.sent + counts.aborted;
  while (calls() < (CALLS / STEPS) * step) await round();
  const microseconds = ((process.cpuUsage().user - user) * STEPS) / CALLS;
  const wasm = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  const measured = { calls: calls(), wasm, heap: await collected(), microseconds };
  console.log(
    `${String(measured.calls).padStart(6)} calls: wasm ${(wasm / 1024).toFixed(0)} KiB, ` +
      `heap ${(measured.heap / 1e6).toFixed(2)} MB, ${microseconds.toFixed(0)} µs of CPU a call`,
  );
  steps.push(measured);
}
client.close();

/** V8's compiled code grows by half a megabyte. An object that stays from each call would take more than twice as much. */
const HEAP_GROWTH = 1_000_000;

const [first, last] = [steps[0], steps[STEPS - 1]];
if (!first || !last) throw new Error("too few steps");
const faults = [
  last.wasm > first.wasm && "the memory of the WebAssembly grows",
  last.heap > first.heap + HEAP_GROWTH && "the heap grows",
  last.microseconds > 2 * first.microseconds && "calls become slower",
  counts.aborted < CALLS / 3 && `not half and half: ${JSON.stringify(counts)}`,
  getEventListeners(signal, "abort").length > 0 && "a listener stays",
  warnings.size > 0 && [...warnings].join(),
].filter(Boolean);
console.log(faults.length === 0 ? "flat" : faults.join("; "));
if (faults.length > 0) process.exitCode = 1;
