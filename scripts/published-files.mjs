// The files of the npm package besides the bundles: copied files, the manifest, the bill of materials and the licences.
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { billOfMaterials } from "./bill-of-materials.mjs";
import { wasmCrates } from "./crates.mjs";
import { Failure } from "./failure.mjs";
import { crateField } from "./manifests.mjs";
import { inRoot } from "./paths.mjs";
import { thirdPartyLicenses } from "./third-party-licenses.mjs";

const documents = [
  "README.md",
  "README.ko.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "LICENSE-APACHE",
  "LICENSE-MIT",
];

/** Pairs of a path in the checkout and a path in the package. @type {[string, string][]} */
export const copies = [
  ["target/wasm-pack/core_bg.wasm", "core.wasm"],
  ["js/index.d.ts", "index.d.ts"],
  ["js/index.d.ts", "index.d.cts"],
  ...["www", "docs", ...documents].map((name) => /** @type {[string, string]} */ ([name, name])),
];

const manifestSource = "js/package.published.json";

export const publishedInputs = [manifestSource, "Cargo.toml", "Cargo.lock", ...copies.map(([from]) => from)];

/** @param {string} folder */
export async function writePublishedFiles(folder) {
  for (const [from, to] of copies) {
    cpSync(inRoot(from), join(folder, to), { recursive: true, filter: isPublished(from) });
  }
  const { name, ...rest } = JSON.parse(readFileSync(inRoot(manifestSource), "utf8"));
  const manifest = { name, version: crateField("version"), ...rest };
  const crates = await wasmCrates();
  writeJson(join(folder, "package.json"), manifest);
  writeJson(join(folder, "sbom.cdx.json"), billOfMaterials(manifest, crates));
  writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(crates));
  checkListed(folder, manifest.files);
}

/** @param {string} file @param {unknown} value */
const writeJson = (file, value) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** Not published: sources, documents about this repository only, and pictures that the README does not show. */
const UNPUBLISHED =
  /\.ts$|other-clients\.md$|test-quality\.md$|screenshots\/(?!three-hundred\.png$|korean\.png$)/;

/** @param {string} from */
const isPublished = (from) => (/** @type {string} */ path) =>
  path === inRoot(from) || !UNPUBLISHED.test(path);

/** npm silently ignores files that the manifest does not list.
 * @param {string} folder @param {string[]} listed */
function checkListed(folder, listed) {
  const unlisted = readdirSync(folder).filter((name) => name !== "package.json" && !listed.includes(name));
  if (unlisted.length > 0) throw new Failure(`${manifestSource} does not list: ${unlisted.join(", ")}`);
}
