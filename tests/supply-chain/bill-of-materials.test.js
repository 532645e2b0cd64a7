// What is published about the contents of the package, held against the lock files and the crates' sources.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { wasmCrates } from "../../scripts/crates.mjs";
import { inRoot } from "../../scripts/paths.mjs";

/** @typedef {object} Component
 * @property {string} bom-ref
 * @property {string} name
 * @property {string} version
 * @property {string} purl
 * @property {"required" | "excluded"} scope
 * @property {{ alg: string, content: string }[]} [hashes]
 * @property {{ expression: string }[]} [licenses]
 */

const text = readFileSync(inRoot("pkg/sbom.cdx.json"), "utf8");
const bill = JSON.parse(text);
/** @type {Component[]} */
const components = bill.components;
const licenses = readFileSync(inRoot("pkg/THIRD-PARTY-LICENSES.txt"), "utf8");

/** The crates that others wrote. */
const others = async () => (await wasmCrates()).slice(1);

test("it is a CycloneDX document about this version of the package", () => {
  const { name, version } = JSON.parse(readFileSync(inRoot("pkg/package.json"), "utf8"));
  assert.deepEqual([bill.bomFormat, bill.specVersion, bill.version], ["CycloneDX", "1.6", 1]);
  assert.match(bill.serialNumber, /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  assert.equal(bill.metadata.component.purl, `pkg:npm/${name}@${version}`);
});

test("it contains no time and no path, so that builds are reproducible", () => {
  assert.doesNotMatch(text, /timestamp|\d{4}-\d\d-\d\dT/);
  assert.equal(text.includes(inRoot()), false);
});

test("it names every crate, whether it is linked, its licence and its checksum", async () => {
  const crates = components.filter(({ purl }) => /^pkg:cargo\/(?!wasm-pack@|wasm-bindgen-cli@)/.test(purl));
  const expected = (await others()).map(({ name, version, license, checksum, linked }) => ({
    purl: `pkg:cargo/${name}@${version}`,
    scope: linked ? "required" : "excluded",
    licenses: [{ expression: license }],
    hashes: [{ alg: "SHA-256", content: checksum }],
  }));
  const found = crates.map(({ purl, scope, licenses, hashes }) => ({ purl, scope, licenses, hashes }));
  assert.deepEqual(
    found,
    expected.sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  );
  assert.ok(expected.every(({ hashes }) => /^[0-9a-f]{64}$/.test(hashes[0]?.content ?? "")));
});

test("it names the compiler and the tools that made the package", () => {
  const rust = /\d+\.\d+\.\d+/.exec(execFileSync("rustc", ["--version"], { encoding: "utf8" }))?.[0];
  const versions = new Map(components.map(({ name, version, scope }) => [name, `${version} ${scope}`]));
  assert.equal(versions.get("rustc"), `${rust} excluded`);
  assert.equal(versions.get("rust-standard-library"), `${rust} required`);
  const { devDependencies } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  for (const name of ["esbuild", "binaryen"]) {
    assert.equal(versions.get(name), `${devDependencies[name]} excluded`);
  }
  assert.ok(versions.has("wasm-bindgen-cli") && versions.has("wasm-pack"));
});

test("its graph leads from the package to everything that is linked, and names nothing twice", () => {
  const refs = [bill.metadata.component["bom-ref"], ...components.map((one) => one["bom-ref"])];
  assert.equal(new Set(refs).size, refs.length);
  /** @type {Map<string, string[]>} */
  const graph = new Map(
    bill.dependencies.map((/** @type {{ ref: string, dependsOn: string[] }} */ one) => [
      one.ref,
      one.dependsOn,
    ]),
  );
  const reached = new Set([refs[0]]);
  for (const ref of reached) for (const next of graph.get(ref) ?? []) reached.add(next);
  assert.deepEqual(
    [...reached].filter((ref) => !refs.includes(ref)),
    [],
  );
  const linked = components.filter(({ scope }) => scope === "required");
  assert.deepEqual(
    linked.filter((one) => !reached.has(one["bom-ref"])),
    [],
  );
});

test("the licence of everything that is linked accompanies the package", async () => {
  const [, ...parts] = licenses.split(/^-{80}\n/m);
  const linked = (await others()).filter((crate) => crate.linked);
  for (const crate of linked) {
    const { name, version } = crate;
    const heading = parts.findIndex((part, index) => index % 2 === 0 && part.includes(`${name} ${version}`));
    const notice = parts[heading + 1] ?? "";
    assert.match(notice, /WITHOUT WARRANTY OF/, name);
    assert.ok(heading >= 0 && notice.includes(copyrightOf(crate)), name);
  }
  assert.match(licenses, /^Copyright \(c\) The Rust Project Contributors/m);
  assert.match(licenses, /^UNICODE LICENSE V3$/m);
});

/** The line of a crate's MIT licence that names its authors, or its authors where there is no licence file.
 * @param {import("../../scripts/crates.mjs").Crate} crate */
function copyrightOf({ folder, authors }) {
  const files = readdirSync(folder).filter((name) => /^LICEN[CS]E(-MIT|\.md|\.txt)?$/i.test(name));
  const text = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  return files.length > 0 ? (/^Copyright .+/m.exec(text)?.[0] ?? "") : authors.join(", ");
}
