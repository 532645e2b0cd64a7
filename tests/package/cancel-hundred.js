// A program of its own that cancels the orders it is told and reports: for the test with several processes.
import { cancelOrders } from "./installed.js";

process.on("message", async ({ orders, options }) => {
  const results = await cancelOrders(orders, options);
  process.send?.(
    results.map(({ ok }) => ok),
    () => process.disconnect(),
  );
});
