// `upbit-cancel-order dashboard`: starts the server, and a practice exchange if requested.
import type { Exchange, ExchangeOptions } from "../practice/exchange.ts";
import type { Upstreams } from "./relay.ts";
import { type Log, openServer } from "./server.ts";

export interface DashboardOptions {
  /** Default 0: any free port. */
  port?: number;
  /** A practice exchange: true starts one that is closed with the dashboard; a running one is not closed. */
  practice?: boolean | Exchange;
  /** Options of the exchange that `practice: true` starts. */
  exchangeOptions?: ExchangeOptions;
  /** For tests: replaces the URLs of the regions. */
  upstreams?: Upstreams;
  /** For tests: timeout of the exchange. Default 15,000, longer than the page's own timeout. */
  upstreamTimeoutMs?: number;
  /** For tests: time limit for a request to arrive. Default 10,000. */
  requestTimeoutMs?: number;
  /** Default: standard error. */
  log?: Log;
}

export interface Dashboard {
  /** Without a trailing slash. */
  url: string;
  exchange: Exchange | null;
  close: () => Promise<void>;
}

export interface CommandOptions extends Pick<DashboardOptions, "exchangeOptions"> {
  /** 0: any free port. */
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

/** Rejects with a readable message if the port cannot be used. */
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

/** Runs until SIGINT or SIGTERM. Rejects with a readable message if it cannot start. */
export async function runDashboard({ stdout, stderr, ...options }: CommandOptions): Promise<void> {
  // A closed pipe must not end the server.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const dashboard = await startDashboard({ ...options, log: stderr });
  const stopped = untilSignal();
  stdout.write(`${dashboard.url}\n`);
  const practice = options.practice ? ", with practice orders" : "";
  stderr.write(`Open this URL in a browser${practice}. Press Ctrl-C to stop.\n`);
  await stopped;
  await dashboard.close();
}

/** Loads the practice exchange on demand. */
async function startPractice(options?: ExchangeOptions): Promise<Exchange> {
  const { startExchange } = await import("../practice/command.ts");
  return startExchange(options);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve());
  });
}
