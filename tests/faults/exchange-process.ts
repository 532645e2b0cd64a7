// A practice exchange in its own process, so that it goes on while a test's own event loop stands still. This
// file is both sides: tests import it, and it is the program that they start.
import { fork } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { startExchange } from "../../js/practice/exchange.ts";

export interface ExchangeSetup {
  /** Open orders. */
  orders?: number;
  /** How late every answer is. */
  latencyMs?: number;
  /** How long every new connection takes, as over a long way with TLS. */
  connectMs?: number;
  /** Keys that each have an account, and so a budget, of their own. Key and secret are the same text. */
  accounts?: string[];
}

export interface Arrival {
  /** On the exchange's clock, in milliseconds. */
  at: number;
  status: number | null;
}

export interface RemoteExchange {
  /** What a client needs, with the key that may cancel. */
  trader: { accessKey: string; secretKey: string; baseUrl: string };
  orders: { uuid: string }[];
  /** What has arrived until now, oldest first. */
  arrivals(): Promise<Arrival[]>;
}

const program = fileURLToPath(import.meta.url);

/** Starts an exchange that ends with the test. */
export async function openExchangeProcess(
  t: Pick<TestContext, "after">,
  setup: ExchangeSetup,
): Promise<RemoteExchange> {
  const child = fork(program, [JSON.stringify(setup)], { execArgv: ["--import", "tsx"] });
  t.after(() => child.kill("SIGKILL"));
  const [ready] = await once(child, "message");
  const arrivals = async () => {
    child.send("arrivals");
    const [told] = await once(child, "message");
    return told;
  };
  return { ...ready, arrivals };
}

async function serve({ orders = 0, latencyMs = 0, connectMs = 0, accounts = [] }: ExchangeSetup) {
  const keys = Object.fromEntries(
    accounts.map((name) => [name, { accessKey: name, secretKey: name, account: name }]),
  );
  const exchange = await startExchange({ keys });
  if (latencyMs > 0) exchange.faults.always({ latencyMs });
  process.on("message", () => {
    process.send?.(exchange.requests.map(({ at, status }): Arrival => ({ at, status })));
  });
  process.on("disconnect", () => process.exit());
  const baseUrl = connectMs > 0 ? await farAway(exchange.port, connectMs) : exchange.url;
  process.send?.({
    trader: { ...exchange.keys.trader, baseUrl },
    orders: exchange.orders.addMany(orders).map(({ uuid }) => ({ uuid })),
  });
}

/** A way to the port on which every connection takes this long. */
async function farAway(port: number, connectMs: number) {
  const server = createServer((near) => {
    near.on("error", () => {});
    setTimeout(() => {
      const far = connect(port, "127.0.0.1");
      far.on("error", () => near.destroy());
      near.pipe(far).pipe(near);
    }, connectMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

if (process.argv[1] === program) await serve(JSON.parse(process.argv[2] ?? "{}"));
