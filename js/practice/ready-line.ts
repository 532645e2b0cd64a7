// What `upbit-cancel-order practice` prints when it is ready: one line for programs, or words for a person.

/** @typedef {import("./exchange.ts").Exchange} Exchange */

/** What each documented key is there to try. */
const PURPOSES = {
  trader: "may cancel and look",
  viewer: "may only look: canceling answers out_of_scope",
  expired: "too old: everything answers expired_access_key",
};

/**
 * @param {Exchange} exchange
 * @returns {{ url: string, keys: import("./keys.ts").KeyPairs, orders: import("./orders.ts").Order[] }}
 */
export function readyLine({ url, keys, orders }) {
  return { url, keys, orders: orders.open() };
}

/**
 * @param {Exchange} exchange
 * @returns {string} several lines, without a newline at the end
 */
export function readyText({ url, keys, orders }) {
  const open = orders.open();
  const { accessKey, secretKey } = keys.trader;
  return [
    `Practice exchange ready at ${url} (no account, no money; Ctrl+C stops it)`,
    "",
    "Keys",
    ...Object.entries(PURPOSES).flatMap(([name, purpose]) => keyLines(name, purpose, keys[name])),
    "",
    `Open orders (${open.length})`,
    ...open.map(orderLine),
    "",
    "Cancel one, from another terminal",
    `  export UPBIT_ACCESS_KEY=${accessKey}`,
    `  export UPBIT_SECRET_KEY=${secretKey}`,
    `  npx upbit-cancel-order --base-url ${url} ${open[0]?.uuid ?? "UUID"}`,
  ].join("\n");
}

/**
 * @param {string} name
 * @param {string} purpose
 * @param {import("./keys.ts").KeyPair | undefined} pair
 */
function keyLines(name, purpose, pair) {
  if (pair === undefined) return [];
  const indent = " ".repeat(11);
  return [
    `  ${name.padEnd(8)} ${purpose}`,
    `${indent}access key  ${pair.accessKey}`,
    `${indent}secret key  ${pair.secretKey}`,
  ];
}

/** @param {import("./orders.ts").Order} order */
function orderLine({ uuid, market, side, ord_type, identifier }) {
  const what = `${market.padEnd(8)}  ${side}  ${ord_type.padEnd(6)}`;
  return `  ${uuid}  ${what}${identifier === undefined ? "" : `  ${identifier}`}`.trimEnd();
}
