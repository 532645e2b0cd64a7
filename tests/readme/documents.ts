// The documents, and their examples, run as they are written: what they send to Upbit goes to a practice exchange.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import type { Exchange } from "../../js/practice/exchange.ts";

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const root = new URL("../../", import.meta.url);
const consumer = new URL("target/consumer/", root);
const redirect = new URL("redirect-to-practice.js", import.meta.url).href;

/** All that are written for users or contributors, from the root of the checkout. */
export const documents: readonly string[] = ["", "docs/", "fuzz/"].flatMap((folder) =>
  readdirSync(new URL(`./${folder}`, root))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}${name}`),
);

export function read(document: string): string {
  return readFileSync(new URL(document, root), "utf8");
}

/** Those that are about this package. */
export function examplesOf(document: string, language: string): string[] {
  const blocks = [...read(document).matchAll(/^```(\w+)\n(.*?)^```/gms)].filter(
    (match) => match[1] === language,
  );
  return blocks.map((match) => match[2] ?? "").filter((source) => source.includes("upbit-cancel-order"));
}

/** Runs a program in the folder of the consumer, where the package is installed. */
export async function runExample(
  t: TestContext,
  name: string,
  source: string,
  exchange: Exchange,
): Promise<Ran> {
  const file = fileURLToPath(new URL(name, consumer));
  writeFileSync(file, source);
  t.after(() => rmSync(file, { force: true }));
  return runCommand([process.execPath, "--import", redirect, file], exchange);
}

/** Runs commands in the folder of the consumer, where `npx` finds the package. */
export async function runSession(script: string, exchange: Exchange): Promise<Ran> {
  return runCommand(["sh", "-e", "-c", script], exchange, { NODE_OPTIONS: `--import ${redirect}` });
}

async function runCommand(
  [command, ...args]: [string, ...string[]],
  exchange: Exchange,
  more?: NodeJS.ProcessEnv,
): Promise<Ran> {
  const { accessKey, secretKey } = exchange.keys.trader;
  const keys = { UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey };
  const env = { ...process.env, ...keys, PRACTICE_URL: exchange.url, ...more };
  const child = spawn(command, args, { cwd: consumer, env, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    output.stderr += text;
  });
  const [code] = await once(child, "close");
  return { code, ...output };
}
