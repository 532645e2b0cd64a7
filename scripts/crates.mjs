// The crates in the wasm, and those that are needed to compile it, as cargo resolves them.
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
 * @property {boolean} linked whether it is part of the wasm, rather than needed for compilation only
 * @property {string[]} dependencies names of the crates that it uses; no crate has two versions
 */

/** @typedef {{ pkg: string, dep_kinds: { kind: string | null }[] }} Edge */
/** @typedef {{ id: string, manifest_path: string, targets: { kind: string[] }[] } & Crate} Package */

/** Our own crate first. @returns {Promise<Crate[]>} */
export async function wasmCrates() {
  const args = ["metadata", "--locked", "--quiet", "--format-version", "1", "--filter-platform", wasmTarget];
  const { packages, resolve } = JSON.parse(await runOrFail("cargo", args));
  /** @type {Map<string, Package>} */
  const byId = new Map(packages.map((/** @type {Package} */ one) => [one.id, one]));
  /** @type {Map<string, Edge[]>} */
  const edges = new Map(
    resolve.nodes.map((/** @type {{ id: string, deps: Edge[] }} */ one) => [one.id, one.deps]),
  );
  const used = reach(resolve.root, edges, isNeeded);
  const linked = reach(resolve.root, edges, (edge) => isLinked(edge, byId.get(edge.pkg)));
  const lock = readFileSync(inRoot("Cargo.lock"), "utf8").replaceAll("\r\n", "\n");
  return [...used].map((id) => {
    const { name, version, license, authors, manifest_path } = /** @type {Package} */ (byId.get(id));
    const needed = (edges.get(id) ?? []).filter(isNeeded).map(({ pkg }) => byId.get(pkg)?.name ?? "");
    const checksum = lockedChecksum(lock, { name, version });
    const folder = dirname(manifest_path);
    return {
      name,
      version,
      license,
      authors,
      folder,
      checksum,
      linked: linked.has(id),
      dependencies: needed.sort(),
    };
  });
}

/** @param {Edge} edge */
const isNeeded = ({ dep_kinds }) => dep_kinds.some(({ kind }) => kind !== "dev");

/** Procedural macros and their dependencies run in the compiler.
 * @param {Edge} edge @param {Package | undefined} used */
const isLinked = ({ dep_kinds }, used) =>
  dep_kinds.some(({ kind }) => kind === null) &&
  !used?.targets.some(({ kind }) => kind.includes("proc-macro"));

/** @param {string} root @param {Map<string, Edge[]>} edges @param {(edge: Edge) => boolean} follows */
function reach(root, edges, follows) {
  const reached = new Set([root]);
  for (const id of reached) {
    for (const edge of edges.get(id) ?? []) if (follows(edge)) reached.add(edge.pkg);
  }
  return reached;
}

/** @param {string} lock @param {{ name: string, version: string }} crate */
function lockedChecksum(lock, { name, version }) {
  const entry = new RegExp(`^name = "${name}"\nversion = "${version}"\n.*\nchecksum = "(.+)"`, "m");
  return entry.exec(lock)?.[1] ?? "";
}
