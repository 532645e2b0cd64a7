// What other clients send beside ours, as tables in Markdown. They stand in docs/other-clients.md.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/paths.mjs";
import { uuid } from "./capture.js";
import { bareFetch, compare, hashedIn, queryOf, tokenOf } from "./compare.js";
import { endpointTable } from "./python/endpoints.js";

/** @typedef {import("./capture.js").Captured} Captured */
/** @typedef {import("./clients.js").Peer} Peer */
/** @typedef {import("./compare.js").Comparison} Comparison */

/** What clients send for the same order by uuid: line, token, headers and body, beside ours.
 * @param {Peer[]} peers */
async function requestTable(peers) {
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

/** A plain one, and those that reveal who encodes and who hashes what. */
const identifiers = [
  "my-order_1.a~",
  "주문-1",
  "a b",
  "a+b",
  "a%b",
  "50%25",
  "a&b=c",
  "(a)!*'",
  "a/b?c#d",
  "a:b[c]",
];

/** What clients make of identifiers: on the wire, and in the text that they hash. @param {Peer[]} peers */
async function identifierTable(peers) {
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

/** @param {Captured} request */
const wire = ({ line }) => code(queryOf(line));

/** @param {string} text */
const code = (text) => `\`${text}\``;

const document = inRoot("docs/other-clients.md");

/** @type {[string, (peers: Peer[]) => Promise<string>][]} */
const commonTables = [
  ["the same request", requestTable],
  ["identifiers", identifierTable],
];

/** Of those clients only the official SDK knows the other endpoints. @param {string} group @returns {typeof commonTables} */
const tablesOf = (group) =>
  group === "Python" ? [...commonTables, ["other endpoints", endpointTable]] : commonTables;

/**
 * Clients and ours differ in what the document says, and in nothing else.
 * @param {string} group
 * @param {Peer[]} peers
 */
export function testDocumentedTables(group, peers) {
  for (const [title, make] of tablesOf(group)) {
    test(`${group}, ${title}: as documented`, async () => {
      const [, documented] = section(group, title);
      assert.equal(await make(peers), documented, "scripts/compare-clients.mjs --write renews it");
    });
  }
}

/**
 * @param {string} group
 * @param {Peer[]} peers
 */
export async function writeTables(group, peers) {
  for (const [title, make] of tablesOf(group)) {
    const table = await make(peers);
    const [before, , after] = section(group, title);
    writeFileSync(document, before + table + after);
  }
}

/**
 * @param {string} group
 * @param {string} title
 * @returns {[before: string, table: string, after: string]}
 */
function section(group, title) {
  const text = readFileSync(document, "utf8");
  const start = text.indexOf("\n\n", text.indexOf(`<!-- ${group}: ${title} -->`)) + 2;
  const end = text.indexOf("\n\n", start);
  return [text.slice(0, start), text.slice(start, end), text.slice(end)];
}
