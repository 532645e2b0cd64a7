// `upbit-cancel-order practice`: a practice exchange that runs until it is stopped.
import { startExchange } from "./exchange.ts";
import { readyLine, readyText } from "./ready-line.ts";

export { startExchange };

export interface PracticeOptions {
  /** 0: any free port */
  port: number;
  /** print one line of JSON instead of text */
  json: boolean;
  /** number of open orders besides the documented ones; default 0 */
  orders?: number;
  stdout: { write(text: string): unknown };
}

/** Runs until SIGINT or SIGTERM. Rejects with a readable message if it cannot start. */
export async function runPractice({ port, json, orders = 0, stdout }: PracticeOptions): Promise<void> {
  const exchange = await startExchange({ port, orders }).catch((error) => {
    throw explained(error, port);
  });
  const stopped = untilSignal();
  stdout.write(`${json ? JSON.stringify(readyLine(exchange)) : readyText(exchange)}\n`);
  await stopped;
  await exchange.close();
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve());
  });
}

function explained(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === "EADDRINUSE")
    return new Error(`Port ${port} is in use: choose another with --port, or use --port 0 for a free port`);
  if (error.code === "EACCES") return new Error(`Port ${port} is reserved: choose one above 1023`);
  return error;
}
