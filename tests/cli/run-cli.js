// Runs the installed command. Everything that any test makes it print passes through here, and no
// secret or token may be in it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openExchange } from "../practice/sign.js";

/** @typedef {import("../../js/practice/exchange.ts").Exchange} Exchange */
/** @typedef {Record<string, string | undefined>} Environment */
/** @typedef {{ status: number | null, stdout: string, stderr: string }} Ended */

/**
 * @typedef {object} RunOptions
 * @property {Environment} [env] laid over the keys; undefined leaves one out
 * @property {string | Uint8Array} [input] for standard input; default: none
 * @property {boolean} [keepInput] leaves standard input open, for the test to write to
 * @property {[string, ...string[]]} [within] a program that runs the command, which is added to its arguments
 */

export const cli = fileURLToPath(
  new URL("../../target/consumer/node_modules/upbit-cancel-order/cli.js", import.meta.url),
);

/** A run that has not ended by then hangs. */
const LIMIT_MS = 60_000;

const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

/** As random as a real one, so that it is in no output by chance. */
export const keys = {
  accessKey: randomBytes(20).toString("hex"),
  secretKey: randomBytes(20).toString("hex"),
};

/**
 * An exchange that knows the keys, and ends with the test.
 * @param {import("node:test").TestContext} t
 * @param {import("../../js/practice/exchange.ts").ExchangeOptions} [options]
 */
export function exchangeFor(t, options) {
  return openExchange(t, { keys: { user: keys }, ...options });
}

/** A running command. */
export class Run {
  stdout = "";
  stderr = "";
  child;
  #ended;

  /**
   * @param {string[]} args
   * @param {RunOptions} [options]
   */
  constructor(args, { env = {}, input = "", keepInput = false, within } = {}) {
    const [program, ...before] = within ?? [process.execPath];
    const all = {
      PATH: process.env.PATH,
      UPBIT_ACCESS_KEY: keys.accessKey,
      UPBIT_SECRET_KEY: keys.secretKey,
      ...env,
    };
    this.child = spawn(program, [...before, cli, ...args], {
      env: all,
      timeout: LIMIT_MS,
      killSignal: "SIGKILL",
    });
    this.child.stdout.setEncoding("utf8").on("data", (text) => (this.stdout += text));
    this.child.stderr.setEncoding("utf8").on("data", (text) => (this.stderr += text));
    // A command that refuses its arguments does not read its input.
    this.child.stdin.on("error", () => {});
    if (!keepInput) this.child.stdin.end(input);
    this.#ended = once(this.child, "close");
  }

  /**
   * Waits until an output holds something.
   * @param {"stdout" | "stderr"} name
   * @param {string} text
   */
  async shows(name, text) {
    while (!this[name].includes(text)) {
      const { exitCode, signalCode } = this.child;
      assert.equal(exitCode ?? signalCode, null, `ended without ${JSON.stringify(text)}: ${this.stderr}`);
      await Promise.race([once(this.child[name], "data"), this.#ended]);
    }
  }

  /** @returns {Promise<Ended>} */
  async end() {
    const [status] = await this.#ended;
    for (const output of [this.stdout, this.stderr]) {
      assert.ok(!output.includes(keys.secretKey), "the secret key is in the output");
      assert.doesNotMatch(output, TOKEN, "a token is in the output");
    }
    return { status, stdout: this.stdout, stderr: this.stderr };
  }
}

/**
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runCli(args, options) {
  return new Run(args, options).end();
}

/**
 * Against an exchange.
 * @param {Exchange} exchange
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runAt(exchange, args, options) {
  return runCli(["--base-url", exchange.url, ...args], options);
}

/** @param {string} text @returns {any[]} */
export function jsonLines(text) {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
