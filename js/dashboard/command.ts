// `upbit-cancel-order dashboard`: the page, its server, and an exchange to practice with if it is asked for.
import type { Exchange, ExchangeOptions } from "../practice/exchange.ts";
import type { Upstreams } from "./relay.ts";
import { type Log, openServer } from "./server.ts";

export interface DashboardOptions {
  /** Default 0: any free one. */
  port?: number;
  /** An exchange to practice with: true starts one, which ends with the dashboard; one that runs already stays the caller's. */
  practice?: boolean | Exchange;
  /** For the exchange that `practice: true` starts. */
  exchangeOptions?: ExchangeOptions;
  /** For tests: other places in place of the regions'. */
  upstreams?: Upstreams;
  /** For tests: time for an exchange's answer. Default 15,000: longer than the page's own limit, so that the page decides. */
  upstreamTimeoutMs?: number;
  /** For tests: time for a request to arrive. Default 10,000. */
  requestTimeoutMs?: number;
  /** Default: standard error. */
  log?: Log;
}

export interface Dashboard {
  /** Without a slash at the end. */
  url: string;
  exchange: Exchange | null;
  close: () => Promise<void>;
}

export interface CommandOptions extends Pick<DashboardOptions, "exchangeOptions"> {
  /** 0: any free one. */
  port: number;
  practice: boolean;
  stdout: Log;
  stderr: Log;
}

const REGIONS: Readonly<Upstreams> = {
  sg: "https://sg-api.upbit.com",
  id: "https://id-api.upbit.com",
  th: "https://th-api.upbit.com",
  kr: "https://api.upbit.com",
};

/** Rejects, with a message for a person, if the port cannot be had. */
export async function startDashboard(options: DashboardOptions = {}): Promise<Dashboard> {
  const { port = 0, practice = false, exchangeOptions, log = process.stderr } = options;
  const { upstreamTimeoutMs = 15_000, requestTimeoutMs = 10_000 } = options;
  const own = practice === true ? await startPractice(exchangeOptions) : null;
  const exchange = typeof practice === "object" ? practice : own;
  const upstreams = { ...REGIONS, ...(exchange && { practice: exchange.url }), ...options.upstreams };
  try {
    const limits = { upstreamTimeoutMs, requestTimeoutMs };
    const server = await openServer({ port, exchange, upstreams, limits, log });
    const close = async () => void (await Promise.all([server.close(), own?.close()]));
    return { url: `http://127.0.0.1:${server.port}`, exchange, close };
  } catch (error) {
    await own?.close();
    throw error;
  }
}

/** Runs until SIGINT or SIGTERM. Rejects, with a message for a person, if it cannot start. */
export async function runDashboard({ stdout, stderr, ...options }: CommandOptions): Promise<void> {
  // Their readers may go away at any time; the page still needs its server.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const dashboard = await startDashboard({ ...options, log: stderr });
  const stopped = untilSignal();
  stdout.write(`${dashboard.url}\n`);
  const practice = options.practice ? ", with practice orders" : "";
  stderr.write(`The dashboard is open at this address${practice}. Ctrl+C closes it.\n`);
  await stopped;
  await dashboard.close();
}

/** Loaded only when it is asked for: most who open the dashboard have orders of their own. */
async function startPractice(options?: ExchangeOptions): Promise<Exchange> {
  const { startExchange } = await import("../practice/command.ts");
  return startExchange(options);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve());
  });
}
