// Examples of the documentation, run as they are written: what they send to Upbit goes to a practice exchange.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @typedef {{ code: number, stdout: string, stderr: string }} Ran */

const consumer = new URL("../../target/consumer/", import.meta.url);
const redirect = new URL("redirect-to-practice.js", import.meta.url).href;

/**
 * @param {string} document from the root of the checkout
 * @param {string} language
 * @returns {string[]} those that are about this package
 */
export function examplesOf(document, language) {
  const text = readFileSync(new URL(`../../${document}`, import.meta.url), "utf8");
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```/gms)].filter((match) => match[1] === language);
  return blocks.map((match) => match[2] ?? "").filter((source) => source.includes("upbit-cancel-order"));
}

/**
 * Runs a program in the folder of the consumer.
 * @param {import("node:test").TestContext} t
 * @param {string} name
 * @param {string} source
 * @param {import("../../js/practice/exchange.ts").Exchange} exchange
 * @returns {Promise<Ran>}
 */
export async function runExample(t, name, source, exchange) {
  const file = fileURLToPath(new URL(name, consumer));
  writeFileSync(file, source);
  t.after(() => rmSync(file, { force: true }));
  return runCommand([process.execPath, "--import", redirect, file], exchange);
}

/**
 * Runs commands in the folder of the consumer, where `npx` finds the package.
 * @param {string} script
 * @param {import("../../js/practice/exchange.ts").Exchange} exchange
 * @returns {Promise<Ran>}
 */
export async function runSession(script, exchange) {
  return runCommand(["sh", "-e", "-c", script], exchange, { NODE_OPTIONS: `--import ${redirect}` });
}

/**
 * @param {[string, ...string[]]} command
 * @param {import("../../js/practice/exchange.ts").Exchange} exchange
 * @param {NodeJS.ProcessEnv} [more]
 * @returns {Promise<Ran>}
 */
async function runCommand([command, ...args], exchange, more) {
  const { accessKey, secretKey } = exchange.keys.trader;
  const keys = { UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey };
  const env = { ...process.env, ...keys, PRACTICE_URL: exchange.url, ...more };
  const child = spawn(command, args, { cwd: consumer, env, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (output.stderr += text));
  const [code] = await once(child, "close");
  return { code, ...output };
}
