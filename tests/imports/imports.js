// Which file imports which, in the crate and in the TypeScript and JavaScript around it.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import ts from "typescript";
import { inRoot } from "../../scripts/paths.mjs";

/** @typedef {Map<string, string[]>} Imports the imported files, by the file that imports them */
/** @typedef {Map<string, string>} Sources a file's text, by its path from the root of the checkout */

/** @param {string[]} folders @param {RegExp} extension @returns {Sources} */
export function sourcesIn(folders, extension) {
  const paths = folders.flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" }).map((path) =>
      join(folder, path.replaceAll("\\", "/")),
    ),
  );
  const files = paths.filter((path) => extension.test(path)).sort();
  return new Map(files.map((path) => [path, readFileSync(inRoot(path), "utf8")]));
}

/** Imports of types count too: what they name has to be understood first. @param {Sources} sources @returns {Imports} */
export function scriptImports(sources) {
  const imported = (/** @type {string} */ path, /** @type {string} */ text) =>
    ts
      .preProcessFile(text)
      .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
      .map(({ fileName }) => join(dirname(path), fileName));
  return new Map([...sources].map(([path, text]) => [path, imported(path, text)]));
}

/** @param {Sources} sources of a crate in src/ @returns {Imports} */
export function rustImports(sources) {
  const files = new Map([...sources.keys()].map((path) => [moduleName(path), path]));
  const imported = (/** @type {string} */ path, /** @type {string} */ text) => {
    const modules = pathsIn(text).map((used) => resolve(moduleName(path), used.split("::"), files));
    return [...new Set(modules)]
      .flatMap((module) => files.get(module ?? "") ?? [])
      .filter((file) => file !== path);
  };
  return new Map([...sources].map(([path, text]) => [path, imported(path, text)]));
}

/** As `crate::web::fetch`. @param {string} path */
const moduleName = (path) =>
  ["crate", ...path.replace(/^src\/|(\/mod)?\.rs$/g, "").split("/")]
    .join("::")
    .replace(/^crate::lib$/, "crate");

/** Every path that the code of a module names; not those in comments and in its unit tests. @param {string} text */
function pathsIn(text) {
  const code = text.replace(/#\[cfg\(test\)\]\s*mod \w+ \{.*/s, "").replaceAll(/\/\/.*/g, "");
  const uses = [...code.matchAll(/\buse\s+([^;]+);/g)].flatMap(([, tree = ""]) =>
    branches(tree.replaceAll(/\s+/g, " ")),
  );
  const inline = code.replaceAll(/\buse\s+[^;]+;/g, "").match(/(?<![\w:])[a-z_]\w*(::\w+)+/g) ?? [];
  return [...uses, ...inline];
}

/** `a::{b, c::{d, e}}` has three: `a::b`, `a::c::d` and `a::c::e`. @param {string} tree @returns {string[]} */
function branches(tree) {
  const [, before = "", inner] = /^([^{]*)\{(.*)\}\s*$/s.exec(tree) ?? [];
  if (inner === undefined) return [tree.replace(/ as .*/, "").trim()];
  return topLevelParts(inner).flatMap((part) => branches(before.trim() + part.trim()));
}

/** What commas outside of braces divide. @param {string} list */
function topLevelParts(list) {
  const parts = [""];
  let depth = 0;
  for (const character of list) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part.trim() !== "");
}

/**
 * The module that a path leads to, or nothing if it leads out of the crate.
 * @param {string} from @param {string[]} path @param {Map<string, string>} modules
 */
function resolve(from, path, modules) {
  let at = path[0] === "crate" ? "crate" : from;
  for (const name of path[0] === "crate" || path[0] === "self" ? path.slice(1) : path) {
    const next = name === "super" ? at.replace(/::\w+$/, "") : `${at}::${name}`;
    if (!modules.has(next)) break;
    at = next;
  }
  return at;
}

/** The first circle that is found among the files, or an empty list. @param {Imports} imports @returns {string[]} */
export function circle(imports) {
  const done = new Set();
  /** @param {string} file @param {string[]} way @returns {string[]} */
  const follow = (file, way) => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of imports.get(file) ?? []) {
      const found = follow(next, [...way, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const file of imports.keys()) {
    const found = follow(file, []);
    if (found.length > 0) return found;
  }
  return [];
}
