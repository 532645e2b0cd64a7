// Creates the licence notices of the code that is linked into the wasm. All of it is used under the MIT licence, with the text and
// copyright of each crate.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { inRoot } from "./paths.mjs";
import { rustRelease } from "./rust.mjs";

/** @typedef {import("./crates.mjs").Crate} Crate */

const introduction = `Third-party licences

core.wasm, and its copies inside the files index.*, link the crates below and parts of Rust's standard
library. Where there is a choice, they are used under the MIT licence. The package contains no other third-party
code, except for code that wasm-bindgen and esbuild generate.`;

const rule = "-".repeat(80);

/** @param {Crate[]} crates our own first @returns {string} */
export function thirdPartyLicenses([, ...crates]) {
  const linked = crates.filter((crate) => crate.linked).sort((a, b) => (a.name < b.name ? -1 : 1));
  const rust = `Rust's standard library ${rustRelease().version}`;
  const list = linked.map((crate) => `${title(crate)}: ${crate.license}`);
  list.push(`${rust}: MIT OR Apache-2.0`);
  /** @type {Map<string, string[]>} */
  const titles = new Map();
  for (const crate of linked) {
    for (const text of noticesOf(crate)) titles.set(text, [...(titles.get(text) ?? []), title(crate)]);
  }
  // Rust's sources are not always installed.
  titles.set(mitNotice("The Rust Project Contributors, https://thanks.rust-lang.org"), [rust]);
  const notices = [...titles].map(([text, names]) => `${rule}\n${names.join(", ")}\n${rule}\n\n${text}`);
  return `${[introduction, list.join("\n"), ...notices].join("\n\n")}\n`;
}

/** @param {Crate} crate */
const title = ({ name, version }) => `${name} ${version}`;

/** @param {Crate} crate */
function noticesOf(crate) {
  const mit = readNotice(crate, "Permission is hereby granted") ?? mitNotice(crate.authors.join(", "));
  if (!crate.license.includes(" AND ")) return [mit];
  const unicode = readNotice(crate, "UNICODE LICENSE");
  if (unicode) return [mit, unicode];
  throw new Failure(`${title(crate)} (${crate.license}) has no text of the Unicode licence`);
}

/** The licence file that contains `opening`. A few crates have no licence file.
 * @param {Crate} crate @param {string} opening */
function readNotice({ folder }, opening) {
  const files = readdirSync(folder).filter((name) => /^LICEN[CS]E/i.test(name));
  const texts = files.map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim());
  return texts.find((text) => text.includes(opening));
}

/** The terms of the MIT licence, taken from our own licence file. @param {string} owner */
function mitNotice(owner) {
  const terms = readFileSync(inRoot("LICENSE-MIT"), "utf8")
    .replace(/^.*?(?=Permission)/s, "")
    .trim();
  return `Copyright (c) ${owner}\n\n${terms}`;
}
