// Creates the bill of materials of the package, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). It depends only on the
// lock files and the compiler. It has no time, and a serial number from its content, so that builds are reproducible.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { toolVersions } from "./cargo-tools.mjs";
import { inRoot } from "./paths.mjs";
import { rustRelease } from "./rust.mjs";

/** @typedef {import("./crates.mjs").Crate} Crate */
/** @typedef {{ name: string, version: string }} Named */

/** The npm development tools that take part in the build. */
const npmBuildTools = ["binaryen", "esbuild"];

/** @param {Named & { license: string }} published the manifest @param {Crate[]} crates our own first */
export function billOfMaterials(published, [own, ...others]) {
  const licenses = [{ expression: published.license }];
  const subject = { type: "library", ...identity("npm", published), licenses };
  const rust = rustRelease();
  const library = rustLibrary(rust);
  const tools = toolVersions().map((tool) => toolComponent("cargo", tool));
  const components = [
    ...others.map(crateComponent),
    library,
    toolComponent("generic", { name: "rustc", version: rust.version }),
    ...tools,
    ...npmToolComponents(),
  ].sort((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1));
  const uses = (/** @type {Crate | undefined} */ crate) =>
    others.filter(({ name }) => crate?.dependencies.includes(name)).map((used) => purl("cargo", used));
  const content = {
    metadata: { lifecycles: [{ phase: "build" }], component: subject },
    components,
    dependencies: [
      { ref: subject["bom-ref"], dependsOn: [...uses(own), library["bom-ref"]].sort() },
      ...others.map((crate) => ({ ref: purl("cargo", crate), dependsOn: uses(crate).sort() })),
    ],
  };
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${contentUuid(content)}`,
    version: 1,
    ...content,
  };
}

/** @param {string} type @param {Named} thing */
const purl = (type, { name, version }) => `pkg:${type}/${name}@${version}`;

/** @param {string} type of the package URL @param {Named} thing */
function identity(type, { name, version }) {
  const url = purl(type, { name, version });
  return { "bom-ref": url, name, version, purl: url };
}

/** @param {Crate} crate */
const crateComponent = (crate) => ({
  type: "library",
  ...identity("cargo", crate),
  scope: crate.linked ? "required" : "excluded",
  hashes: [{ alg: "SHA-256", content: crate.checksum }],
  licenses: [{ expression: crate.license }],
});

/** @param {ReturnType<typeof rustRelease>} release */
const rustLibrary = ({ version, commit }) => ({
  type: "library",
  ...identity("generic", { name: "rust-standard-library", version }),
  description: `core, alloc, std and compiler_builtins of Rust, commit ${commit}`,
  scope: "required",
  licenses: [{ expression: "MIT OR Apache-2.0" }],
});

/** @param {string} type @param {Named} tool */
const toolComponent = (type, tool) => ({ type: "application", ...identity(type, tool), scope: "excluded" });

function npmToolComponents() {
  const { packages } = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8"));
  return npmBuildTools.map((name) => {
    const { version, integrity, license } = packages[`node_modules/${name}`];
    const content = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
    const hashes = [{ alg: "SHA-512", content }];
    return { ...toolComponent("npm", { name, version }), hashes, licenses: [{ expression: license }] };
  });
}

/** A version 8 UUID from the content. @param {unknown} content */
function contentUuid(content) {
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, "$1-$2-8$3-8$4-$5");
}
