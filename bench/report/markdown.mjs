import { titles } from "../peers/peers.mjs";
import { short, withQuartiles } from "./numbers.mjs";
import { median, verdicts } from "./ratios.mjs";
import { versions } from "./versions.mjs";

/** @typedef {import("./ratios.mjs").Row} Row */
/** @typedef {import("./ratios.mjs").Results} Results */
/** @typedef {import("./ratios.mjs").Peer} Peer */

/** @param {import("./write.mjs").Measured[]} measured */
export function markdown(measured) {
  const { software, machine, date } = versions();
  return [
    "# Results",
    "",
    "Written by `npm run bench`: do not edit. [NOTES.md](NOTES.md) says what was tried to get here.",
    "",
    "Every peer does the same work in the same run, by turns, in a process of its own, against the practice",
    "exchange in another process; each answer is checked. Medians, with the quartiles in brackets. The ratio",
    "is what ours takes of what the peer takes: below 1 is better for us. Compare the ratios: the times are",
    "those of one machine.",
    "",
    `- ${software}`,
    `- ${machine}`,
    `- ${date}`,
    "",
    "## Goals",
    "",
    ...table(["", "what", "found", "goal"], measured.flatMap(goals)),
    "",
    ...measured.flatMap(section),
  ].join("\n");
}

/** @param {import("./write.mjs").Measured} measured */
function goals({ row, results }) {
  return verdicts(row, results).map(({ met, what, goal }) => [met ? "✔" : "✘", row.title, what, goal]);
}

/** @param {import("./write.mjs").Measured} measured */
function section({ row, results }) {
  const { title, note, columns } = row;
  const names = [
    "",
    ...columns.flatMap((column) => [`${column.title}${column.unit && `, ${column.unit}`}`, "ratio"]),
  ];
  return [
    `## ${title}`,
    "",
    note,
    "",
    ...table(
      names,
      Object.keys(results).map((peer) => line(row, results, peer)),
    ),
    "",
  ];
}

/** @param {Row} row @param {Results} results @param {string} peer */
function line({ base, columns }, results, peer) {
  const cells = columns.flatMap(({ name }) => {
    const spread = results[/** @type {Peer} */ (peer)]?.[name];
    const ratio = median(results, base, name) / median(results, peer, name);
    const shown = peer !== base && Number.isFinite(ratio) && spread?.median !== 0;
    return [spread === undefined ? "" : withQuartiles(spread), shown ? short(ratio) : ""];
  });
  return [titles[/** @type {Peer} */ (peer)], ...cells];
}

/** @param {string[]} names @param {string[][]} lines */
function table(names, lines) {
  const row = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [
    row(names),
    row(names.map((name) => (name === "" || name === "what" ? "---" : "---:"))),
    ...lines.map(row),
  ];
}
