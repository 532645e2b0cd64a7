import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env] added to the environment of this process
 * @property {(line: string) => void} [onLine] called for each line of stdout and stderr
 * @property {number} [limitMs] the process is killed after this time
 */

/**
 * Runs a tool in the checkout. A tool that cannot be started counts as failed.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(command, args, { env = {}, onLine, limitMs = 0 } = {}) {
  const all = { ...process.env, ...env };
  const child = spawn(command, args, {
    cwd: root,
    env: all,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: limitMs,
  });
  /** @type {string[]} */
  const lines = [];
  const tell = (/** @type {string} */ line) => {
    lines.push(line);
    onLine?.(line);
  };
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", tell);
  return new Promise((resolve) => {
    child.once("error", (error) => tell(`${command} could not be started: ${error.message}`));
    child.once("close", (code, signal) => {
      if (signal) tell(`${command} was ended by ${signal}`);
      resolve({ ok: code === 0, output: lines.join("\n") });
    });
  });
}

/**
 * Runs a tool and throws a `Failure` if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions & { advice?: string | ((output: string) => string) }} [options]
 */
export async function runOrFail(command, args, { advice = "", ...options } = {}) {
  const { ok, output } = await run(command, args, options);
  if (ok) return output;
  throw new Failure(`${command} ${args[0]} failed`, {
    output: `$ ${[command, ...args].join(" ")}\n${output}`,
    advice: typeof advice === "string" ? advice : advice(output),
  });
}

/** The output of a quick command, or null if it fails or does not exist.
 * @param {string} command
 * @param {string[]} args */
export function ask(command, args) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}
