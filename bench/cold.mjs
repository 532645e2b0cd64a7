// The script for the cold process measurement: opens one client and cancels one order.
import { openClient } from "./clients.mjs";

const [name = "", baseUrl = "", accessKey = "", secretKey = "", uuid = ""] = process.argv.slice(2);
const client = await openClient(name, { baseUrl, keys: [{ accessKey, secretKey }] });
console.log(await client.cancel(uuid));
