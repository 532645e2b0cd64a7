// Every crate of Cargo.lock, those that only the tests use as well.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { wasmCrates } from "../../scripts/crates.mjs";
import { crateField, isOlder } from "../../scripts/manifests.mjs";
import { inRoot } from "../../scripts/paths.mjs";

/** What crates may be licensed under. As in deny.toml, which says it to a tool that reads expressions. */
const LICENSES = new Set(["MIT", "Apache-2.0", "Unicode-3.0"]);

const CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";

const lock = readFileSync(inRoot("Cargo.lock"), "utf8");
const locked = lock
  .split(/^\[\[package\]\]$/m)
  .slice(1)
  .map((entry) => ({
    name: field(entry, "name"),
    source: field(entry, "source"),
    checksum: field(entry, "checksum"),
  }));

/** @param {string} entry @param {string} name */
function field(entry, name) {
  return new RegExp(`^${name} = "(.*)"`, "m").exec(entry)?.[1];
}

/** @param {string[]} args */
const cargo = (...args) =>
  execFileSync("cargo", args, { cwd: inRoot(), encoding: "utf8", maxBuffer: 2 ** 28 });

/** @returns {{ name: string, license: string, source: string | null, rust_version: string | null, dependencies: Dependency[] }[]} */
function packages() {
  return JSON.parse(cargo("metadata", "--locked", "--format-version", "1")).packages;
}
/** @typedef {{ name: string, kind: string | null, uses_default_features: boolean }} Dependency */

/** Whether an SPDX expression leaves us a choice among our licences.
 * @param {string} expression @returns {boolean} */
function isAllowed(expression) {
  const inner = expression.replaceAll(/\(([^()]*)\)/g, (_, group) => (isAllowed(group) ? "MIT" : "none"));
  if (inner !== expression) return isAllowed(inner);
  const choices = inner.split(/ OR |\//);
  return choices.some((choice) => choice.split(" AND ").every((one) => LICENSES.has(one.trim())));
}

test("the reader of licence expressions reads them", () => {
  for (const expression of ["MIT", "GPL-3.0 OR MIT", "MIT/Apache-2.0", "(MIT OR GPL-3.0) AND Unicode-3.0"]) {
    assert.equal(isAllowed(expression), true, expression);
  }
  for (const expression of ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "", "MIT-0"]) {
    assert.equal(isAllowed(expression), false, expression);
  }
});

test("every crate comes from crates.io, and its content is locked", () => {
  assert.ok(locked.length > 20);
  const isLocked = /^[0-9a-f]{64}$/;
  const wrong = locked.filter(
    ({ source, checksum = "" }) => source !== CRATES_IO || !isLocked.test(checksum),
  );
  assert.deepEqual(
    wrong.map(({ name }) => name),
    ["upbit-cancel-order"],
  );
});

test("every crate may be used under one of our licences", () => {
  const wrong = packages().filter(({ license }) => !isAllowed(license ?? ""));
  assert.deepEqual(
    wrong.map(({ name, license }) => `${name}: ${license}`),
    [],
  );
});

test("no crate needs a newer Rust than is promised", () => {
  const promised = `${crateField("rust-version")}.0`;
  const newer = packages().filter(({ rust_version }) => rust_version && isOlder(promised, rust_version));
  assert.deepEqual(
    newer.map(({ name }) => name),
    [],
  );
});

test("no crate is linked in two versions", async () => {
  const names = (await wasmCrates()).filter(({ linked }) => linked).map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
});

test("what counts as linked is what cargo's own tree says", async () => {
  const edges = ["--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"];
  const format = ["--prefix", "none", "--no-dedupe", "--format", "{p}"];
  const output = cargo("tree", "--locked", ...edges, ...format);
  const tree = new Set(
    output
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ").slice(0, 2).join(" ")),
  );
  const linked = (await wasmCrates()).filter((crate) => crate.linked);
  assert.deepEqual(linked.map(({ name, version }) => `${name} v${version}`).sort(), [...tree].sort());
});

test("the fuzzers link what the crate links", () => {
  const dependencies = (/** @type {string} */ manifest) =>
    readFileSync(inRoot(manifest), "utf8").split("[dependencies]\n")[1]?.split("\n[")[0]?.trim();
  assert.match(dependencies("Cargo.toml") ?? "", /^sha2 = /m);
  assert.equal(dependencies("fuzz/core/Cargo.toml"), dependencies("Cargo.toml"));
});
