// What clients make of identifiers: on the wire, and in the text that they hash.

import { compare, hashedIn, queryOf } from "./compare.js";
import { identifiers, uuid } from "./inputs.js";

/** @typedef {import("./compare.js").Comparison} Comparison */
/** @typedef {import("./peers.js").Peer} Peer */

/** @param {Peer[]} peers @returns {Promise<string>} in Markdown */
export async function identifierTable(peers) {
  const ones = peers.filter(({ name }, index) => peers.findIndex((peer) => peer.name === name) === index);
  const lines = [
    ["Order", "ours", ...ones.map(({ name }) => name)],
    ["---", "---", ...ones.map(() => "---")],
  ];
  for (const order of [...identifiers.map((identifier) => ({ identifier })), { uuid, identifier: "both" }]) {
    /** @type {Comparison[]} */
    const comparisons = [];
    for (const peer of ones) comparisons.push(await compare(peer, order));
    const ours = comparisons.slice(0, 1).map((comparison) => wire(comparison.ours));
    lines.push([code(Object.values(order).join(", ")), ...ours, ...comparisons.map(told)]);
  }
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** @param {Comparison} comparison */
function told({ ours, theirs, verdict }) {
  const hashed = hashedIn(theirs);
  const facts = [
    ...(theirs.line === ours.line ? [] : [wire(theirs)]),
    ...(hashed === "the decoded text" ? [] : [`hash of ${hashed}`]),
    ...(verdict === "canceled" ? [] : [verdict]),
  ];
  return facts.join(", ") || "the same";
}

/** @param {import("./capture.js").Captured} request */
const wire = ({ line }) => code(queryOf(line));

/** @param {string} text */
const code = (text) => `\`${text}\``;
