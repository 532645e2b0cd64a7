// Several programs on one account, which know of each other by Remaining-Req and refusals only.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { openExchange } from "../practice/sign.js";
import { trader } from "./installed.js";

test("three processes at once, 100 orders each: nothing lost, no 418", async (t) => {
  const exchange = await openExchange(t);
  const options = trader(exchange);
  const processes = [0, 1, 2].map(async () => {
    const orders = exchange.orders.addMany(100).map(({ uuid }) => ({ uuid }));
    const child = fork(new URL("cancel-hundred.js", import.meta.url));
    t.after(() => child.kill());
    child.send({ orders, options });
    const [results] = await once(child, "message");
    return results;
  });
  const results = (await Promise.all(processes)).flat();
  t.diagnostic(`${exchange.counts[429] ?? 0} times 429`);
  assert.deepEqual(results, Array(300).fill(true));
  assert.equal(exchange.counts[200], 300);
  assert.equal(exchange.counts[418], undefined);
});
