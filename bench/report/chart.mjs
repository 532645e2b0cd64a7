// A chart for the README, in colours that can be read on light and on dark.
import { short } from "./numbers.mjs";
import { median, plainTitle } from "./ratios.mjs";

/** @typedef {import("./ratios.mjs").Peer} Peer */

/** @type {{ row: string, column: string, title: string, peers: Peer[] }[]} */
const panels = [
  {
    row: "signing",
    column: "wall",
    title: "Signing one token, µs",
    peers: ["hand-written", "jsonwebtoken", "ccxt", "jose"],
  },
  {
    row: "cold",
    column: "wall",
    title: "One cancellation from a cold process, ms",
    peers: ["hand-written", "jose", "ccxt"],
  },
  {
    row: "warm1",
    column: "cpu",
    title: "A warm cancellation, µs of CPU",
    peers: ["hand-written", "jose", "ccxt"],
  },
  {
    row: "download",
    column: "gzip",
    title: "Download of a page, kB gzipped",
    peers: ["web-crypto", "jose", "ccxt"],
  },
];

const [width, labels, barHeight, step] = [720, 290, 12, 20];
const longest = width - labels - 80;

/** @param {import("./write.mjs").Measured[]} measured */
export function chart(measured) {
  let y = 8;
  const parts = panels.flatMap((panel) => {
    const found = measured.find(({ name }) => name === panel.row);
    if (found === undefined) return [];
    const bars = [found.row.base, ...panel.peers].map((peer) => ({
      title: peer === found.row.base ? "upbit-cancel-order" : plainTitle(peer),
      value: median(found.results, peer, panel.column),
      ours: peer === found.row.base,
    }));
    const most = Math.max(...bars.map(({ value }) => value));
    const heading = `<text x="0" y="${y + step}" class="heading">${escaped(panel.title)}</text>`;
    const drawn = bars.map((bar, index) => drawBar(bar, most, y + step * (index + 2)));
    y += step * (bars.length + 1.5);
    return [heading, ...drawn];
  });
  return frame(parts, y + 8);
}

/** @param {{ title: string, value: number, ours: boolean }} bar @param {number} most @param {number} y */
function drawBar({ title, value, ours }, most, y) {
  const length = Math.max(1, (value / most) * longest);
  return [
    `<text x="${labels - 10}" y="${y}" class="label">${escaped(title)}</text>`,
    `<rect x="${labels}" y="${y - barHeight + 2}" width="${length.toFixed(1)}" height="${barHeight}" rx="2"`,
    ` class="${ours ? "ours" : "theirs"}"/>`,
    `<text x="${(labels + length + 6).toFixed(1)}" y="${y}" class="value">${short(value)}</text>`,
  ].join("");
}

/** @param {string[]} parts @param {number} height */
function frame(parts, height) {
  const style = [
    "text{font:13px system-ui,sans-serif;fill:#59636e}",
    ".heading{font-weight:600}",
    ".label{text-anchor:end}",
    ".ours{fill:#0969da}.theirs{fill:#9aa4af}",
    "@media(prefers-color-scheme:dark){text{fill:#b1bac4}.ours{fill:#4493f8}.theirs{fill:#656c76}}",
  ].join("");
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const title = "upbit-cancel-order compared with others: shorter is better";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
