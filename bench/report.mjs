// Prints the results, and writes the table and the chart of docs/benchmarks.md.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem, type } from "node:os";
import { crateField } from "../scripts/manifests.mjs";
import { inRoot } from "../scripts/paths.mjs";
import { paint, say } from "../scripts/steps.mjs";
import { found, quantile } from "./statistics.mjs";

/** @typedef {import("./statistics.mjs").Line} Line */

/** @type {Record<string, string>} */
const titles = {
  handWritten: "hand-written",
  careful: "hand-written, same checks",
  webCrypto: "hand-written, Web Crypto",
  ccxt: "ccxt",
  jose: "jose",
  jsonwebtoken: "jsonwebtoken",
  python: "official Python SDK",
  cancelOrders: "cancelOrders",
  empty: "empty script",
};

/** Three significant digits. @param {number} value */
const short = (value) =>
  Number.isInteger(value) ? String(value) : value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

/** The median, and the quartiles in brackets. @param {number[]} values */
function spread(values) {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => short(quantile(values, part)));
  return low === high ? `${middle}` : `${middle} (${low}–${high})`;
}

/** @param {Line} line */
function cells(line) {
  const { what, unit, ours, peer, theirs = [], most } = line;
  const value = found(line);
  return {
    what: `${what}, ${unit}`,
    ours: spread(ours),
    peer: peer === undefined ? "" : (titles[peer] ?? peer),
    theirs: peer === undefined ? "" : spread(theirs),
    ratio: peer === undefined ? "" : value.toFixed(2),
    goal: most === undefined ? "" : String(most),
    mark: most === undefined ? "" : value <= most ? "✔" : "✘",
  };
}

/** @param {Line[]} lines */
export function print(lines) {
  for (const line of lines) {
    const { what, ours, peer, theirs, ratio, goal, mark } = cells(line);
    const comparison = peer && ` · ${peer} ${theirs} · ratio ${ratio}`;
    const verdict = mark && `${mark === "✔" ? paint.green(mark) : paint.red(mark)} at most ${goal}`;
    say(`    ${what} ${ours}${comparison} ${verdict}`.trimEnd());
  }
}

/** @param {Line[]} lines @param {string[]} failures */
export function write(lines, failures) {
  const file = inRoot("docs/benchmarks.md");
  const [before, , after] = readFileSync(file, "utf8").split(/<!-- (measured) -->.*<!-- \/measured -->/s);
  const measured = [
    ...table(lines),
    ...failures.map((failure) => `\nNot measured: ${failure}`),
    "",
    machine(),
  ];
  writeFileSync(file, `${before}<!-- measured -->\n\n${measured.join("\n")}\n\n<!-- /measured -->${after}`);
  writeFileSync(inRoot("docs/benchmarks.svg"), chart(lines));
}

/** @param {Line[]} lines */
function table(lines) {
  let last = "";
  const rows = lines.map((line) => {
    const { what, ours, peer, theirs, ratio, goal, mark } = cells(line);
    // Do not repeat the cells of the row above.
    const first = what === last ? ["", ""] : [what, ours];
    last = what;
    return [...first, peer, theirs, ratio, goal && `${goal} ${mark}`];
  });
  const head = ["measurement", "upbit-cancel-order", "compared with", "its result", "ratio", "goal: at most"];
  const rule = ["---", "---:", "---", "---:", "---:", "---:"];
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`);
}

function machine() {
  const { dependencies } = JSON.parse(readFileSync(inRoot("tests/peers/tools/package.json"), "utf8"));
  const processors = cpus();
  return [
    `upbit-cancel-order ${crateField("version")}, ccxt ${dependencies.ccxt}, Node ${process.versions.node}`,
    `${type()} ${process.arch}, ${processors.length} × ${processors[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    new Date().toISOString().slice(0, 10),
  ].join("; ");
}

const [width, labels, bar, step] = [720, 250, 12, 20];

/** Bars for all measurements that have a comparison, readable in light and dark mode. @param {Line[]} lines */
function chart(lines) {
  /** @type {Map<string, [string, number][]>} */
  const groups = new Map();
  for (const { what, unit, ours, peer, theirs = [] } of lines) {
    if (peer === undefined) continue;
    const title = `${what}, ${unit}`;
    const bars = groups.get(title) ?? [["upbit-cancel-order", quantile(ours)]];
    groups.set(title, [...bars, [titles[peer] ?? peer, quantile(theirs)]]);
  }
  let y = 8;
  const parts = [...groups].map(([title, bars]) => {
    const longest = Math.max(...bars.map(([, value]) => value));
    const drawn = bars.map((one, index) => drawBar(one, longest, y + step * (index + 2)));
    const heading = `<text x="0" y="${y + step}" class="heading">${title}</text>`;
    y += step * (bars.length + 1.5);
    return [heading, ...drawn].join("\n");
  });
  const style = [
    "text{font:13px system-ui,sans-serif;fill:#59636e}.heading{font-weight:600}.label{text-anchor:end}",
    ".ours{fill:#0969da}.theirs{fill:#9aa4af}",
    "@media(prefers-color-scheme:dark){text{fill:#b1bac4}.ours{fill:#4493f8}.theirs{fill:#656c76}}",
  ].join("");
  const title = "upbit-cancel-order compared with other clients: shorter is better";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y + 8}" viewBox="0 0 ${width} ${y + 8}" role="img" aria-label="${title}">
<title>${title}</title>
<style>${style}</style>
${parts.join("\n")}
</svg>
`;
}

/** @param {[string, number]} one @param {number} longest @param {number} y */
function drawBar([title, value], longest, y) {
  const length = Math.max(1, (value / longest) * (width - labels - 80));
  const kind = title === "upbit-cancel-order" ? "ours" : "theirs";
  return [
    `<text x="${labels - 10}" y="${y}" class="label">${title}</text>`,
    `<rect x="${labels}" y="${y - bar + 2}" width="${length.toFixed(1)}" height="${bar}" rx="2" class="${kind}"/>`,
    `<text x="${(labels + length + 6).toFixed(1)}" y="${y}">${short(value)}</text>`,
  ].join("");
}
