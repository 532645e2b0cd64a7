// What clients send for the same order by uuid: line, token, headers and body, beside ours.

import { bareFetch, compare, tokenOf } from "./compare.js";
import { uuid } from "./inputs.js";

/** @typedef {import("./capture.js").Captured} Captured */
/** @typedef {import("./peers.js").Peer} Peer */

/** @param {Peer[]} peers @returns {Promise<string>} in Markdown */
export async function requestTable(peers) {
  const usual = await bareFetch();
  const lines = ["| Client | Line | Token | Body | Headers |", "| --- | --- | --- | --- | --- |"];
  for (const peer of peers) {
    const { ours, theirs } = await compare(peer, { uuid });
    if (lines.length === 2) lines.push(ownRow(ours, usual));
    const line = theirs.line === ours.line ? "the same" : `\`${theirs.line}\``;
    const body = theirs.body === ours.body ? "none" : `\`${theirs.body}\``;
    const name = `${peer.name}, ${peer.algorithm}`;
    lines.push(row(name, line, token(ours, theirs), body, headers(theirs, usual)));
  }
  return lines.join("\n");
}

/** @param {string[]} cells */
const row = (...cells) => `| ${cells.join(" | ")} |`;

/** @param {Captured} ours @param {Captured} usual */
function ownRow(ours, usual) {
  const names = Object.keys(JSON.parse(tokenOf(ours).claims)).map((name) => `\`${name}\``);
  return row("upbit-cancel-order", `\`${ours.line}\``, names.join(", "), "none", headers(ours, usual));
}

/** @param {Captured} ours @param {Captured} theirs */
function token(ours, theirs) {
  const [own, other] = [tokenOf(ours), tokenOf(theirs)];
  if (own.token === other.token) return "the same";
  const differences = [
    ...(own.header === other.header ? [] : [`header \`${other.header}\``]),
    ...claims(JSON.parse(own.claims), JSON.parse(other.claims)),
  ];
  return differences.join(", ");
}

/** @param {Record<string, unknown>} own @param {Record<string, unknown>} other */
function claims(own, other) {
  const names = [...new Set([...Object.keys(own), ...Object.keys(other)])];
  return names
    .filter((name) => own[name] !== other[name])
    .map((name) => (name in other ? `\`${name}\`, a ${typeof other[name]}` : `no \`${name}\``));
}

/**
 * Those that are not sent anyway by the runtime's `fetch`.
 * @param {Captured} request
 * @param {Captured} usual
 */
function headers({ headers }, usual) {
  const known = new Set(usual.headers.map((header) => header.join(": ").toLowerCase()));
  const own = headers.filter((header) => !known.has(header.join(": ").toLowerCase()));
  return own.map(([name, value]) => `\`${name.toLowerCase()}: ${shortened(value)}\``).join("<br>");
}

/** Of long ones the beginning; versions of runtimes are not the client's doing. @param {string} value */
function shortened(value) {
  if (/^\d+\.\d+\.\d+$/.test(value)) return "…";
  return value.length > 40 ? `${value.split(" ")[0]} …` : value;
}
