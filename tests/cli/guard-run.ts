// A guard with a shell script for its command, and what its tests look at.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type exchangeFor, Run, type RunOptions } from "./run-cli.js";

export type Exchange = Awaited<ReturnType<typeof exchangeFor>>;
export type Context = Parameters<typeof exchangeFor>[0];

export const FILTER = ["--market", "SGD-BTC"];

export function guard(exchange: { url: string }, script: string, options: string[] = [], run?: RunOptions) {
  return new Run(["--base-url", exchange.url, "guard", ...FILTER, ...options, "--", "sh", "-c", script], run);
}

export const openIn = (exchange: Exchange, market: string) =>
  exchange.orders.open().filter((order) => order.market === market).length;

export function folderFor(t: Context) {
  const folder = mkdtempSync(join(tmpdir(), "guard-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const lastLine = (stderr: string) => stderr.trimEnd().split("\n").at(-1) ?? "";
