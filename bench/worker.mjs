// Runs one client in its own process.
import { openClient } from "./clients.mjs";
import { serve } from "./processes.mjs";

/** @type {import("./clients.mjs").Client} */
let client;

serve({
  /** @param {{ name: string, options: import("./clients.mjs").Options }} input */
  async open({ name, options }) {
    client = await openClient(name, options);
  },

  /** Microseconds per token, and the last token. @param {{ uuids: string[] }} input */
  async sign({ uuids }) {
    let token = "";
    const { wall } = await timed(async () => {
      for (const uuid of uuids) {
        const made = client.sign?.(uuid) ?? "";
        token = typeof made === "string" ? made : await made;
      }
    });
    return { wall: (wall * 1000) / uuids.length, token };
  },

  /** Microseconds per cancellation, with `inFlight` at a time. @param {{ uuids: string[], inFlight: number, call?: object }} input */
  async cancel({ uuids, inFlight, call }) {
    const left = uuids.values();
    async function work() {
      for (const uuid of left) {
        const canceled = await client.cancel(uuid, call);
        if (canceled !== uuid) throw new Error(`Asked to cancel ${uuid}, but the answer names ${canceled}`);
      }
    }
    const { wall, cpu } = await timed(() => Promise.all(Array.from({ length: inFlight }, work)));
    return { wall: (wall * 1000) / uuids.length, cpu: (cpu * 1000) / uuids.length };
  },

  /** Milliseconds for all orders. @param {{ operation: string, uuids: string[], call?: object }} input */
  async cancelMany({ operation, uuids, call = {} }) {
    /** @type {boolean[]} */
    let canceled = [];
    const { wall } = await timed(async () => {
      canceled = (await client.cancelMany?.(operation, uuids, call)) ?? [];
    });
    const missing = uuids.length - canceled.filter(Boolean).length;
    if (missing > 0) throw new Error(`${operation} did not cancel ${missing} of ${uuids.length} orders`);
    return wall;
  },
});

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const since = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - since, cpu: (user + system) / 1000 };
}
