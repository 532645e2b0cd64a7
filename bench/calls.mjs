// Single calls: signing, a cold process, warm calls.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installed } from "./clients.mjs";
import { accounts, withClients, withExchange } from "./processes.mjs";
import { alternate, compare } from "./statistics.mjs";

const run = promisify(execFile);
const oneAccount = accounts(1);

export const cli = fileURLToPath(installed("cli.js"));

/** @param {{ accessKey: string, secretKey: string }} keys @param {string} baseUrl */
export const cliEnv = ({ accessKey, secretKey }, baseUrl) => ({
  ...process.env,
  UPBIT_REGION: undefined,
  UPBIT_ACCESS_KEY: accessKey,
  UPBIT_SECRET_KEY: secretKey,
  UPBIT_BASE_URL: baseUrl,
});

/** The time from the uuid of an order to the token. @type {import("./run.mjs").Row} */
export async function signing(scale) {
  const goals = { handWritten: 1, jsonwebtoken: undefined, ccxt: undefined, jose: undefined };
  const names = ["signer", ...Object.keys(goals)];
  const samples = await withExchange({ keys: oneAccount }, (baseUrl, exchange) =>
    withClients(names, { baseUrl, keys: oneAccount }, (ask) =>
      alternate(names, scale(15), async (name) => {
        const uuids = await exchange("orders", { count: scale(1000) });
        const { token, wall } = await ask(name, "sign", { uuids });
        const headers = { Authorization: `Bearer ${token}` };
        const { status } = await fetch(`${baseUrl}/v1/order?uuid=${uuids.at(-1)}`, {
          method: "DELETE",
          headers,
        });
        if (status !== 200) throw new Error(`The exchange refuses a token of ${name}: ${status}`);
        return wall;
      }),
    ),
  );
  return compare("Signing a token", "µs", samples, goals, "signer");
}

/** The total time of a process that cancels one order. @type {import("./run.mjs").Row} */
export async function cold(scale) {
  const names = ["ours", "cli", "handWritten", "ccxt", "empty"];
  const [{ accessKey, secretKey } = { accessKey: "", secretKey: "" }] = oneAccount;
  const samples = await withExchange({ keys: oneAccount }, (baseUrl, exchange) =>
    alternate(names, scale(11), async (name) => {
      const [uuid] = await exchange("orders", { count: 1 });
      const script = fileURLToPath(new URL("cold.mjs", import.meta.url));
      const special = { cli: [cli, uuid], empty: ["--eval", ""] }[name];
      const env = cliEnv({ accessKey, secretKey }, baseUrl);
      const since = performance.now();
      await run(process.execPath, special ?? [script, name, baseUrl, accessKey, secretKey, uuid], { env });
      const wall = performance.now() - since;
      if (name !== "empty" && (await exchange("open", { uuids: [uuid] })) > 0)
        throw new Error(`${name} did not cancel ${uuid}`);
      return wall;
    }),
  );
  return [
    ...compare("Cold process", "ms", samples, { handWritten: 1.1, ccxt: undefined, empty: undefined }),
    ...compare("Cold process, command line", "ms", samples, { handWritten: 1.15 }, "cli"),
  ];
}

/** The CPU time of repeated cancellations in one process. @param {number} inFlight @returns {import("./run.mjs").Row} */
export const warm = (inFlight) => async (scale) => {
  const goals = { careful: 1.2, handWritten: undefined, ccxt: undefined };
  const names = ["ours", ...Object.keys(goals)];
  // Enough accounts that none comes near its 30 requests a second.
  const keys = accounts(500);
  const samples = await withExchange({ keys }, (baseUrl, exchange) =>
    withClients(names, { baseUrl, keys }, (ask) =>
      alternate(names, scale(15), async (name) => {
        const uuids = await exchange("orders", { count: scale(300) });
        const { cpu } = await ask(name, "cancel", { uuids, inFlight });
        if ((await exchange("open", { uuids })) > 0) throw new Error(`${name} left orders open`);
        return cpu;
      }),
    ),
  );
  return compare(`CPU of a warm call, ${inFlight} in flight`, "µs", samples, goals);
};
