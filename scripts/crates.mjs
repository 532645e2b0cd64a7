// The crates that the wasm is made of, as cargo resolves them, and what their compilation takes.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { inRoot } from "./paths.mjs";
import { runOrFail } from "./run.mjs";
import { wasmTarget } from "./rust.mjs";

/**
 * @typedef {object} Crate
 * @property {string} name
 * @property {string} version
 * @property {string} license an SPDX expression
 * @property {string[]} authors
 * @property {string} folder where cargo keeps its source
 * @property {string} checksum SHA-256 of the archive that cargo downloads; empty for our own crate
 * @property {boolean} linked whether it is in the wasm, rather than a tool of the compilation
 * @property {string[]} dependencies names of those crates that it uses, none of which is there twice
 */

/** @typedef {{ kind: string | null }} DependencyKind */
/** @typedef {{ pkg: string, dep_kinds: DependencyKind[] }} Edge */
/** @typedef {{ kind: string[] }} Target */
/** @typedef {{ name: string, version: string, license: string, authors: string[] }} Named */
/** @typedef {Named & { manifest_path: string, targets: Target[] }} Package */
/** @typedef {{ packages: Map<string, Package>, edges: Map<string, Edge[]>, root: string }} Graph */

/** Our own crate first. @returns {Promise<Crate[]>} */
export async function wasmCrates() {
  const graph = await resolve();
  const linked = reach(graph, (edge) => isLinked(graph, edge));
  const used = reach(graph, ({ dep_kinds }) => dep_kinds.some(({ kind }) => kind !== "dev"));
  const lock = readFileSync(inRoot("Cargo.lock"), "utf8").replaceAll("\r\n", "\n");
  return [...used].map((id) => {
    const crate = describe(graph, id, used);
    return { ...crate, linked: linked.has(id), checksum: lockedChecksum(lock, crate) };
  });
}

/** @returns {Promise<Graph>} */
async function resolve() {
  const args = ["metadata", "--locked", "--quiet", "--format-version", "1", "--filter-platform", wasmTarget];
  const { packages, resolve } = JSON.parse(await runOrFail("cargo", args));
  /** @type {(Package & { id: string })[]} */
  const found = packages;
  /** @type {{ id: string, deps: Edge[] }[]} */
  const nodes = resolve.nodes;
  return {
    packages: new Map(found.map((one) => [one.id, one])),
    edges: new Map(nodes.map(({ id, deps }) => [id, deps])),
    root: resolve.root,
  };
}

/** A procedural macro runs in the compiler, and so does all that it uses.
 * @param {Graph} graph @param {Edge} edge */
const isLinked = ({ packages }, { pkg, dep_kinds }) =>
  dep_kinds.some(({ kind }) => kind === null) &&
  !packages.get(pkg)?.targets.some(({ kind }) => kind.includes("proc-macro"));

/** @param {Graph} graph @param {(edge: Edge) => boolean} follows @returns {Set<string>} */
function reach({ root, edges }, follows) {
  const reached = new Set([root]);
  for (const id of reached) {
    for (const edge of edges.get(id) ?? []) if (follows(edge)) reached.add(edge.pkg);
  }
  return reached;
}

/** What the graph says of it. @param {Graph} graph @param {string} id @param {Set<string>} used */
function describe({ packages, edges }, id, used) {
  const { name, version, license, authors, manifest_path } = /** @type {Package} */ (packages.get(id));
  const dependencies = (edges.get(id) ?? [])
    .filter(({ pkg, dep_kinds }) => used.has(pkg) && dep_kinds.some(({ kind }) => kind !== "dev"))
    .map(({ pkg }) => packages.get(pkg)?.name ?? "")
    .sort();
  return { name, version, license, authors, folder: dirname(manifest_path), dependencies };
}

/** @param {string} lock @param {{ name: string, version: string }} crate */
function lockedChecksum(lock, { name, version }) {
  const entry = new RegExp(`^name = "${name}"\nversion = "${version}"\n.*\nchecksum = "(.+)"`, "m");
  return entry.exec(lock)?.[1] ?? "";
}
