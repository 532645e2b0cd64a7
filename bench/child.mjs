import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process that answers one request at a time, with `{ result }` or `{ error }`. */
export class Child {
  #process;

  /** @param {string} module beside this one @param {string[]} [args] */
  constructor(module, args = []) {
    this.#process = fork(fileURLToPath(new URL(module, import.meta.url)), args);
  }

  /** @param {object} message @returns {Promise<any>} */
  async ask(message) {
    const ended = new AbortController();
    this.#process.once("exit", () => ended.abort(new Error("A process of the benchmark ended too soon")));
    this.#process.send(message);
    const [answer] = await once(this.#process, "message", { signal: ended.signal }).catch((error) => {
      throw ended.signal.reason ?? error;
    });
    this.#process.removeAllListeners("exit");
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result;
  }

  async end() {
    if (this.#process.exitCode !== null) return;
    this.#process.disconnect();
    this.#process.kill();
    await once(this.#process, "exit");
  }
}
