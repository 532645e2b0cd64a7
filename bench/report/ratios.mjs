import { titles } from "../peers/peers.mjs";

/** @typedef {import("../rows/rows.mjs").Row} Row */
/** @typedef {import("../rows/rows.mjs").Results} Results */
/** @typedef {import("../rows/rows.mjs").Peer} Peer */

/** @param {Results} results @param {string} peer @param {string} column */
export function median(results, peer, column) {
  return results[/** @type {Peer} */ (peer)]?.[column]?.median ?? NaN;
}

/**
 * What was promised of a row, and whether it is so.
 * @param {Row} row
 * @param {Results} results
 */
export function verdicts({ base, columns, targets }, results) {
  return targets.map(({ of, against, most }) => {
    const column = columns.find(({ name }) => name === of);
    const value = median(results, base, of) / (against === undefined ? 1 : median(results, against, of));
    const unit = against === undefined && column?.unit ? ` ${column.unit}` : "";
    const compared = against === undefined ? "" : ` of ${plainTitle(against)}`;
    const digits = against === undefined && Number.isInteger(value) ? 0 : 2;
    const met = value <= most;
    return {
      met,
      what: `${column?.title}: ${value.toFixed(digits)}${unit}${compared}`,
      goal: `at most ${most}${unit}`,
    };
  });
}

/** @param {Peer} peer */
export const plainTitle = (peer) => titles[peer].replaceAll("`", "");
