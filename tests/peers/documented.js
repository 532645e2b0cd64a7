// The tables of docs/second-opinions.md, which are made of requests and not written.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/paths.mjs";
import { identifierTable } from "./identifier-table.js";
import { requestTable } from "./request-table.js";

/** @typedef {import("./peers.js").Peer} Peer */

const document = inRoot("docs/second-opinions.md");

/** @type {[string, (peers: Peer[]) => Promise<string>][]} */
const tables = [
  ["the same request", requestTable],
  ["identifiers", identifierTable],
];

/**
 * Clients and ours differ in what the document says, and in nothing else.
 * @param {string} group
 * @param {Peer[]} peers
 */
export function testDocumentedTables(group, peers) {
  for (const [title, make] of tables) {
    test(`${group}, ${title}: as documented`, async () => {
      const [, documented] = section(group, title);
      assert.equal(await make(peers), documented, "scripts/second-opinions.mjs --write renews it");
    });
  }
}

/**
 * @param {string} group
 * @param {Peer[]} peers
 */
export async function writeTables(group, peers) {
  for (const [title, make] of tables) {
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
