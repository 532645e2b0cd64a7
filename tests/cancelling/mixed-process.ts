// A program of its own that cancels by id, cancels single orders and looks up orders, all at once. This file is both sides: tests
// import it, and it is the program that they start.
import { fork } from "node:child_process";
import { once } from "node:events";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import type { UpbitClient as Client, ClientOptions, OrderRef } from "upbit-cancel-order";
import { UpbitClient } from "../package/installed.js";
import { summaryOf } from "./result-summary.ts";

export interface MixedTask {
  options: ClientOptions;
  byIds: OrderRef[];
  singles: OrderRef[];
  /** How many times what is open is listed, and an order looked up, while the cancellations go on. */
  looks: number;
}

export interface MixedReport {
  /** The summary of each result. */
  canceled: string[];
  /** One for each look: "found", or the kind of the error. */
  looked: string[];
}

const program = fileURLToPath(import.meta.url);

/** Starts a program that waits for its task, so that several can begin at the same time. */
export async function startMixed(t: TestContext): Promise<(task: MixedTask) => Promise<MixedReport>> {
  const child = fork(program, { execArgv: ["--import", "tsx"] });
  t.after(() => child.kill("SIGKILL"));
  await once(child, "message");
  return async (task) => {
    child.send(task);
    const [report] = await once(child, "message");
    return report;
  };
}

async function run({ options, byIds, singles, looks }: MixedTask): Promise<MixedReport> {
  const client = new UpbitClient(options);
  const [looked, ...canceled] = await Promise.all([
    lookAll(client, singles, looks),
    client.cancelByIds(byIds, { confirmMs: 10_000 }).then((results) => results.map(summaryOf)),
    client.cancelOrders(singles).then((results) => results.map((result) => summaryOf(result))),
  ]);
  client.close();
  return { canceled: canceled.flat(), looked };
}

/** One after the other, as a program does that watches. */
async function lookAll(client: Client, orders: OrderRef[], looks: number) {
  const summaries: string[] = [];
  const note = (look: Promise<unknown>) =>
    look.then(
      () => summaries.push("found"),
      ({ kind }) => summaries.push(kind),
    );
  for (const order of orders.slice(0, looks)) {
    await note(client.getOrder(order));
    await note(client.listOpenOrders({ markets: ["SGD-BTC"] }));
  }
  return summaries;
}

if (process.argv[1] === program) {
  process.once("message", async (task: MixedTask) => {
    const report = await run(task);
    process.send?.(report, () => process.disconnect());
  });
  process.send?.("ready");
}
