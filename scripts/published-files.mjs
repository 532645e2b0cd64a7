// What is in the npm package besides the bundles: copied files, and the manifest.
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { crateField } from "./manifests.mjs";
import { inRoot } from "./paths.mjs";

/** From, in the checkout, and to, in the package. @type {[string, string][]} */
export const copies = [
  ["target/wasm-pack/core_bg.wasm", "core.wasm"],
  ["js/index.d.ts", "index.d.ts"],
  ["js/index.d.ts", "index.d.cts"],
  ["www", "www"],
  ["README.md", "README.md"],
  ["CHANGELOG.md", "CHANGELOG.md"],
  ["LICENSE-APACHE", "LICENSE-APACHE"],
  ["LICENSE-MIT", "LICENSE-MIT"],
];

const manifestSource = "js/package.published.json";

export const publishedInputs = [manifestSource, "Cargo.toml", ...copies.map(([from]) => from)];

/** @param {string} folder */
export function writePublishedFiles(folder) {
  for (const [from, to] of copies) {
    cpSync(inRoot(from), join(folder, to), { recursive: true, filter: isForUse(from) });
  }
  const { name, ...rest } = JSON.parse(readFileSync(inRoot(manifestSource), "utf8"));
  const manifest = { name, version: crateField("version"), ...rest };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  checkListed(folder, manifest.files);
}

/** In a folder, types are for us: nobody imports from there. @param {string} from */
const isForUse = (from) => (/** @type {string} */ path) => path === inRoot(from) || !path.endsWith(".d.ts");

/** A file that the manifest does not list would silently not be published.
 * @param {string} folder @param {string[]} listed */
function checkListed(folder, listed) {
  const unlisted = readdirSync(folder).filter((name) => name !== "package.json" && !listed.includes(name));
  if (unlisted.length > 0) throw new Failure(`${manifestSource} does not list: ${unlisted.join(", ")}`);
}
