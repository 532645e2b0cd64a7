// One cancellation by a script of its own: what a command line, a cron job or a cloud function pays.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { someAccounts, withExchange } from "../exchange/exchange.mjs";
import { alternate } from "../statistics.mjs";

const run = promisify(execFile);
const script = fileURLToPath(new URL("../cold-script.mjs", import.meta.url));
const accounts = someAccounts(1);
const [{ accessKey, secretKey }] = accounts;

/** @type {import("./rows.mjs").Row} */
export const coldProcess = {
  title: "One cancellation from a cold process",
  note:
    "A new Node process each time. Loading is the import of the modules and the opening of the client, " +
    "which compiles the wasm; ccxt is spared the loading of its markets.",
  columns: [
    { name: "wall", title: "wall", unit: "ms" },
    { name: "cpu", title: "CPU", unit: "ms" },
    { name: "loading", title: "of it loading", unit: "ms" },
  ],
  base: "ours",
  targets: [
    { of: "wall", against: "hand-written", most: 1.1 },
    { of: "cpu", against: "hand-written", most: 1.1 },
    { of: "wall", against: "ccxt", most: 0.35 },
    { of: "cpu", against: "ccxt", most: 0.35 },
  ],
  run: ({ scale }) =>
    withExchange({ accounts }, (exchange) =>
      alternate(["ours", "hand-written", "ccxt", "jose", "jsonwebtoken", "bare"], scale(9), async (peer) => {
        const [uuid] = await exchange.ask("orders", { count: 1 });
        const since = performance.now();
        const { stdout } = await run(process.execPath, [
          script,
          peer,
          exchange.url,
          accessKey,
          secretKey,
          uuid,
        ]);
        const wall = performance.now() - since;
        const { canceled, cpu, loading } = JSON.parse(stdout);
        const open = await exchange.ask("open", { uuids: [uuid] });
        if (peer !== "bare" && (canceled !== uuid || open > 0))
          throw new Error(`${peer} did not cancel ${uuid}`);
        return { wall, cpu, loading };
      }),
    ),
};
