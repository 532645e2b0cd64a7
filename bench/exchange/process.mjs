// The practice exchange in a process of its own, and pages in front of it for the browser.
import { startPages } from "../pages/server.mjs";

/** @type {Pick<typeof import("../../js/practice/exchange.ts"), "startExchange">} */
const { startExchange } = await import(new URL("../../pkg/practice.js", import.meta.url).href);

/** @type {Awaited<ReturnType<typeof startExchange>>} */
let exchange;

/** @typedef {Record<string, import("../../js/practice/keys.ts").KeyOptions>} Keys */

/** What it can be told to do. @type {Record<string, (input: any) => unknown>} */
const requests = {
  /** @param {{ keys: Keys, limited: boolean }} input */
  async start({ keys, limited }) {
    exchange = await startExchange({ keys, orders: [], limits: limited ? {} : false });
    // One object, as live servers and every sample outside of the documentation have it; ccxt reads no array.
    exchange.faults.always({ shape: "object" });
    return { url: exchange.url };
  },
  /** @param {{ count: number }} input */
  orders: ({ count }) => exchange.orders.addMany(count).map(({ uuid }) => uuid),
  /** @param {{ uuids: string[] }} input how many of them are still open */
  open: ({ uuids }) => uuids.filter((uuid) => exchange.orders.isOpen(uuid)).length,
  counts: () => exchange.counts,
  pages: () => startPages(exchange.url),
};

process.on("message", async (/** @type {{ request: string, input: object }} */ { request, input }) => {
  try {
    process.send?.({ result: await requests[request]?.(input) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});

// Not left behind when the benchmark is stopped.
process.on("disconnect", () => process.exit());
