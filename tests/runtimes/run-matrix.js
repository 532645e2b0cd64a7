import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { browserVersion, closeBrowsers, openPage } from "./browsers.js";
import { runCommand, startServer } from "./command.js";
import { makeConsumer, packPackage } from "./consumer-folder.js";
import { Desk } from "./desk.js";
import { ensureTools, versionOf } from "./tools.js";

/** @typedef {import("./matrix.js").Row} Row */
/** @typedef {{ row: Row, version: string, ms: number, error: Error | undefined }} Result */

/** As many rows at a time as a small machine has cores. */
export const atOnce = 2;

/** No row of a healthy package comes near it. */
const limitMs = 240_000;

export async function prepare() {
  await ensureTools();
  await packPackage();
}

/** @param {Row[]} rows @param {(result: Result) => void} onResult */
export async function runMatrix(rows, onResult) {
  await prepare();
  /** @type {Result[]} */
  const results = [];
  const left = rows.entries();
  const work = async () => {
    for (const [index, row] of left) {
      const result = await measure(row);
      results[index] = result;
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await closeBrowsers();
  return results;
}

/** @param {Row} row @returns {Promise<Result>} */
async function measure(row) {
  const since = performance.now();
  const error = await runRow(row).then(
    () => undefined,
    (reason) => (reason instanceof Error ? reason : new Error(String(reason))),
  );
  const ms = performance.now() - since;
  return { row, version: browserVersion(row.tool) || versionOf(row.tool), ms, error };
}

/** Makes the row's consumer and lets it cancel orders. Throws what went wrong. @param {Row} row */
export async function runRow(row) {
  const desk = await Desk.open();
  try {
    const cwd = await makeConsumer(row.name, row.consumer);
    desk.site = (row.site ?? []).map((folder) => join(cwd, folder));
    const surroundings = { cwd, desk: desk.url };
    for (const command of row.run ?? []) await runCommand(command, surroundings);
    const server = row.server && (await startServer(row.server, surroundings));
    try {
      if (server) desk.app = server.url;
      for (const path of row.requests ?? []) await request(desk, path);
      for (const path of row.pages ?? []) await visit(desk, path, row.browser ?? "chromium");
    } finally {
      await server?.stop();
    }
    const wrong = desk.verdict(row.reports);
    if (wrong.length > 0) throw new Error(wrong.join("\n"));
  } finally {
    await desk.close();
  }
}

/** @param {Desk} desk @param {string} path */
async function request(desk, path) {
  const answer = await fetch(desk.url + path.replace("{desk}", encodeURIComponent(desk.url)));
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

/** @param {Desk} desk @param {string} path @param {import("./browsers.js").BrowserName} name */
async function visit(desk, path, name) {
  const page = await openPage(name, desk.url + path);
  const abandon = new AbortController();
  try {
    const { signal } = abandon;
    const late = delay(limitMs, "late", { signal }).catch(() => {});
    if ((await Promise.race([desk.reported(desk.reports.length + 1), late])) === "late") {
      throw new Error([`${path} reports nothing`, ...page.complaints].join("\n"));
    }
  } finally {
    abandon.abort();
    await page.close();
  }
}
