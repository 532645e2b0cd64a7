// The JavaScript of the documents and of the typings is TypeScript too, under `--strict`.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/paths.mjs";
import { run } from "../../scripts/run.mjs";
import { documents, examplesOf, read } from "./documents.ts";

const folder = "target/examples";

const DECLARED = `import { cancelAllOrders, cancelByIds, cancelOpen, cancelOrder, cancelOrders, getOrder, listOpenOrders,
  previewRequest, UpbitClient, UpbitError, type OrderRef } from "upbit-cancel-order";
declare const [uuid, accessKey, secretKey]: string[];
declare const orders: OrderRef[];
declare const client: UpbitClient;
`;

/** Examples of the typings: what stands behind `@example`, to the next tag or the end of the comment. */
function examplesOfTypings(): string[] {
  const found = read("js/index.d.ts").matchAll(/^ *\* @example\n((?: *\* (?!@).*\n)+)/gm);
  return [...found].map(([, lines = ""]) => lines.replace(/^ *\* /gm, ""));
}

test("every example compiles", async () => {
  rmSync(inRoot(folder), { recursive: true, force: true });
  mkdirSync(inRoot(folder), { recursive: true });
  symlinkSync("../consumer/node_modules", inRoot(folder, "node_modules"));
  const written = documents.flatMap((document) => examplesOf(document, "js"));
  const typings = examplesOfTypings();
  assert.ok(written.length > 10 && typings.length > 10);
  const sources = [...written, ...typings.map((source) => `${DECLARED}{\n${source}}`)];
  for (const [index, source] of sources.entries()) {
    writeFileSync(inRoot(folder, `example-${index}.mts`), `export {};\n${source}`);
  }
  const options = {
    strict: true,
    noEmit: true,
    target: "esnext",
    module: "nodenext",
    lib: ["esnext"],
    types: ["node"],
    typeRoots: ["../../node_modules/@types"],
  };
  writeFileSync(inRoot(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
  const { ok, output } = await run(process.execPath, [
    inRoot("node_modules/typescript/bin/tsc"),
    "-p",
    inRoot(folder),
  ]);
  assert.ok(ok, output);
});
