// The script of a cold process: loads one peer, cancels one order, and tells at its end what that took.
import { writeSync } from "node:fs";

const [peer, baseUrl = "", accessKey = "", secretKey = "", uuid = ""] = process.argv.slice(2);
let [loading, canceled] = [0, /** @type {string | undefined} */ ("")];

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  writeSync(1, JSON.stringify({ loading, canceled, cpu: (user + system) / 1000 }));
});

if (peer !== "bare") {
  const since = performance.now();
  const { open } = await import(`./peers/${peer}.mjs`);
  const client = open({ baseUrl, accounts: [{ accessKey, secretKey }] });
  loading = performance.now() - since;
  ({ uuid: canceled } = await client.cancel(uuid));
}
