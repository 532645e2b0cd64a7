// What is measured, by the names that `npm run bench -- NAME` takes.
import { answers } from "./answers.mjs";
import { batch } from "./batch.mjs";
import { browser } from "./browser.mjs";
import { coldProcess } from "./cold-process.mjs";
import { download } from "./download.mjs";
import { signing } from "./signing.mjs";
import { warm } from "./warm.mjs";

/** @typedef {import("../statistics.mjs").Spread} Spread */
/** @typedef {import("../peers/peers.mjs").Peer} Peer */
/** By peer, and by name of the column. @typedef {Partial<Record<Peer, Record<string, Spread>>>} Results */

/** At most so much of what another peer has; without one, at most so much. */
/** @typedef {{ of: string, against?: Peer, most: number }} Target */

/**
 * @typedef {object} Row
 * @property {string} title
 * @property {string} note what exactly is measured
 * @property {{ name: string, title: string, unit: string }[]} columns
 * @property {Peer} base whose ratios to the others are told
 * @property {Target[]} targets
 * @property {(options: { scale: (count: number) => number }) => Promise<Results>} run
 */

/** @type {Record<string, Row>} */
export const rows = {
  signing,
  cold: coldProcess,
  warm1: warm(1),
  warm20: warm(20),
  success: answers(200),
  error: answers(404),
  batch,
  download,
  browser,
};
