// `node --expose-gc tests/faults/soak.mjs [calls]`: one client for a long time; half of its calls wait for the budget and
// are given up. The memory of the WebAssembly, the heap and the time of a call stay as they are after the first tenth.
import "./fast-clock.js";
import { installed, memories } from "../wasm/captured.js";

const CALLS = Number(process.argv[2] ?? 50_000);
const STEPS = 10;
/** Calls made at once: 30 that are sent and as many that wait. */
const AT_ONCE = 60;
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";

globalThis.fetch = async () => new Response(`[{"uuid":"${UUID}"}]`);

const client = new installed.UpbitClient({ accessKey: "a", secretKey: "s", baseUrl: "http://127.0.0.1:8" });
const counts = { canceled: 0, aborted: 0 };
/** Names of warnings, such as that of too many listeners on a signal. @type {Set<string>} */
const warnings = new Set();
process.removeAllListeners("warning").on("warning", ({ name }) => warnings.add(name));

/** Sends as many as the budget allows, and gives up the others. */
async function round() {
  const controller = new AbortController();
  const calls = Array.from({ length: AT_ONCE }, () =>
    client.cancelOrder({ uuid: UUID }, { signal: controller.signal }).then(
      () => (counts.canceled += 1),
      ({ kind }) => (counts[/** @type {"aborted"} */ (kind)] += 1),
    ),
  );
  await Promise.all(calls.slice(0, AT_ONCE / 2));
  controller.abort();
  await Promise.all(calls);
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
  const calls = () => counts.canceled + counts.aborted;
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

const [first, last] = [steps[0], steps[STEPS - 1]];
if (!first || !last) throw new Error("too few steps");
const faults = [
  last.wasm > first.wasm && "the memory of the WebAssembly grows",
  last.heap > first.heap + 500_000 && "the heap grows",
  last.microseconds > 2 * first.microseconds && "calls become slower",
  Math.abs(counts.canceled - counts.aborted) > CALLS / 10 && `not half and half: ${JSON.stringify(counts)}`,
  warnings.size > 0 && [...warnings].join(),
].filter(Boolean);
console.log(faults.length === 0 ? "flat" : faults.join("; "));
if (faults.length > 0) process.exitCode = 1;
