import { readFileSync } from "node:fs";
import { cpus, totalmem, type } from "node:os";
import { crateField } from "../../scripts/manifests.mjs";
import { inRoot } from "../../scripts/paths.mjs";

/** What the numbers were measured with and on. */
export function versions() {
  const { devDependencies } = JSON.parse(readFileSync(inRoot("bench/package.json"), "utf8"));
  const of = (/** @type {string} */ name) => `${name} ${devDependencies[name]}`;
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    software: [
      `upbit-cancel-order ${crateField("version")}`,
      ...["ccxt", "jose", "jsonwebtoken", "esbuild"].map(of),
      `Node ${process.versions.node} (V8 ${process.versions.v8})`,
    ].join(", "),
    machine: `${type()} ${process.arch}, ${processors.length} × ${processors[0]?.model}, ${memory} GiB`,
    date: new Date().toISOString().slice(0, 10),
  };
}
