// The processes of the benchmark: the practice exchange, and one for each client, so that no client pays for another's
// garbage collection. Each process handles one request at a time.
import { fork } from "node:child_process";
import { once } from "node:events";

/** @typedef {{ accessKey: string, secretKey: string }} Keys */
/** @typedef {(request: string, input?: object) => Promise<any>} Ask */

class Child {
  #module;
  #process;

  /** @param {string} module beside this one; it calls `serve` */
  constructor(module) {
    this.#module = module;
    this.#process = fork(new URL(module, import.meta.url));
  }

  /** @type {Ask} */
  ask(request, input = {}) {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error(`${this.#module} ended during '${request}'`));
      this.#process.once("exit", onExit);
      this.#process.once("message", (/** @type {{ result: any, error?: string }} */ { result, error }) => {
        this.#process.off("exit", onExit);
        if (error === undefined) resolve(result);
        else reject(new Error(error));
      });
      this.#process.send({ request, input });
    });
  }

  async end() {
    if (this.#process.exitCode !== null) return;
    this.#process.kill();
    await once(this.#process, "exit");
  }
}

/**
 * Handles the requests of the parent process.
 * @param {Record<string, (input: any) => unknown>} requests
 */
export function serve(requests) {
  process.on("message", async (/** @type {{ request: string, input: object }} */ { request, input }) => {
    try {
      process.send?.({ result: await requests[request]?.(input) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? error.stack : String(error) });
    }
  });
  // Exit when the benchmark is stopped.
  process.on("disconnect", () => process.exit());
}

/** @param {number} count @returns {Keys[]} */
export const accounts = (count) =>
  Array.from({ length: count }, (_, index) => ({
    accessKey: `bench-access-${index}`.padEnd(40, "0"),
    secretKey: `bench-secret-${index}`.padEnd(40, "0"),
  }));

/**
 * Starts a new practice exchange. By default it has no rate limit and no latency, and answers a cancellation with one
 * object, as live servers do.
 * @template T
 * @param {{ keys: Keys[], limited?: boolean, fault?: object }} options
 * @param {(url: string, ask: Ask) => Promise<T>} use
 */
export async function withExchange({ keys, limited = false, fault = { shape: "object" } }, use) {
  const child = new Child("exchange.mjs");
  try {
    const url = await child.ask("start", { keys, limited, fault });
    return await use(url, child.ask.bind(child));
  } finally {
    await child.end();
  }
}

/**
 * Starts a process for each client.
 * @template T
 * @param {string[]} names
 * @param {import("./clients.mjs").Options} options
 * @param {(ask: (name: string, request: string, input: object) => Promise<any>) => Promise<T>} use
 */
export async function withClients(names, options, use) {
  const children = new Map(names.map((name) => [name, new Child("worker.mjs")]));
  try {
    for (const [name, child] of children) await child.ask("open", { name, options });
    return await use(async (name, request, input) => children.get(name)?.ask(request, input));
  } finally {
    await Promise.all(Array.from(children.values(), (child) => child.end()));
  }
}
