// The endpoints that only the official SDK knows besides us: each of its calls on the practice exchange, beside ours.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { startExchange } from "../../../js/practice/exchange.ts";
import { inRoot } from "../../../scripts/paths.mjs";
import { cancelByIds, cancelOpen, getOrder, listOpenOrders } from "../../package/installed.js";
import { python } from "../install.js";

/** @typedef {import("../../../js/practice/request-log.ts").RequestEntry} RequestEntry */
/** @typedef {import("upbit-cancel-order").ClientOptions} Options */

const run = promisify(execFile);

const uuids = ["cdd92199-2897-4e14-9448-f923320408ad", "43685861-3d4b-4ec3-9913-21edd73bc256"];
const identifiers = ["practice-ask-1", "rebalance/2025-07:ETH+XRP", "연습-주문-1"];
const refs = uuids.map((uuid) => ({ uuid }));

/**
 * @typedef {object} Call
 * @property {string} endpoint
 * @property {string} method of the SDK
 * @property {object} given to it
 * @property {(options: Options) => Promise<unknown>} ours which means the same
 */

/** @type {Call[]} */
const calls = [
  {
    endpoint: "DELETE /v1/orders/uuids",
    method: "cancel_by_uuids",
    given: { uuids },
    ours: (options) => cancelByIds(refs, options),
  },
  {
    endpoint: "DELETE /v1/orders/uuids",
    method: "cancel_by_uuids",
    given: { identifiers },
    ours: (options) =>
      cancelByIds(
        identifiers.map((identifier) => ({ identifier })),
        options,
      ),
  },
  {
    endpoint: "DELETE /v1/orders/open",
    method: "cancel_open",
    given: { cancel_side: "bid", pairs: "SGD-BTC,SGD-ETH", count: 300, order_by: "asc" },
    ours: (options) => cancelOpen({ side: "bid", pairs: ["SGD-BTC", "SGD-ETH"], orderBy: "asc" }, options),
  },
  {
    endpoint: "DELETE /v1/orders/open",
    method: "cancel_open",
    given: {
      cancel_side: "all",
      quote_currencies: "SGD,BTC",
      excluded_pairs: "SGD-ETH",
      count: 300,
      order_by: "desc",
    },
    ours: (options) => cancelOpen({ quoteCurrencies: ["SGD", "BTC"], excludedPairs: ["SGD-ETH"] }, options),
  },
  {
    endpoint: "GET /v1/order",
    method: "retrieve",
    given: { uuid: uuids[0] },
    ours: (options) => getOrder({ uuid: uuids[0] ?? "" }, options),
  },
  {
    endpoint: "GET /v1/order",
    method: "retrieve",
    given: { identifier: identifiers[2] },
    ours: (options) => getOrder({ identifier: identifiers[2] ?? "" }, options),
  },
  {
    endpoint: "GET /v1/orders/open",
    method: "list_open",
    given: { market: "SGD-BTC", states: ["wait", "watch"], page: 1, limit: 100, order_by: "desc" },
    ours: (options) => listOpenOrders({ markets: ["SGD-BTC"] }, options),
  },
  {
    endpoint: "GET /v1/orders/uuids",
    method: "list_by_uuids",
    given: { uuids },
    // The look of a confirmation.
    ours: (options) => cancelByIds(refs, { ...options, confirmMs: 1000 }),
  },
];

/** Both queries. Each has to hold the same parameters, and each token the hash of its own. */
export async function endpointTable() {
  const lines = ["| Call | ours | upbit-sdk (official) |", "| --- | --- | --- |"];
  for (const call of calls) {
    const ours = await requestOf(call, call.ours);
    const theirs = await requestOf(call, (options) => sdk(call, options));
    assert.deepEqual(parameters(theirs), parameters(ours), `${call.endpoint}: the same parameters`);
    for (const request of [ours, theirs]) assert.equal(request.token?.claims.query_hash, sha512(request));
    const other = theirs.query === ours.query ? "the same" : `\`${theirs.query}\``;
    lines.push(`| \`${call.endpoint}\` | \`${ours.query}\` | ${other} |`);
  }
  return lines.join("\n");
}

/**
 * The request that arrives at an exchange, which has to accept it.
 * @param {Call} call
 * @param {(options: Options) => Promise<unknown>} send
 */
async function requestOf({ endpoint }, send) {
  const exchange = await startExchange();
  try {
    await send({ ...exchange.keys.trader, baseUrl: exchange.url });
    const request = exchange.requests.find(({ method, path }) => `${method} ${path}` === endpoint);
    assert.equal(request?.status, 200, `${endpoint}: accepted`);
    return /** @type {RequestEntry} */ (request);
  } finally {
    await exchange.close();
  }
}

/** @param {Call} call @param {Options} options */
async function sdk({ method, given }, options) {
  const running = run(python, [inRoot("tests/peers/python/clients.py")]);
  const setting = { ...options, method, nonce: "", alteration: "" };
  running.child.stdin?.end(JSON.stringify({ client: "sdk", order: given, setting }));
  await running;
}

/** @param {RequestEntry} request */
const parameters = ({ query }) => [...new URLSearchParams(query)].map((pair) => pair.join("=")).sort();

/** Of the query that is not percent-encoded. @param {RequestEntry} request */
const sha512 = ({ query }) => createHash("sha512").update(decodeURIComponent(query)).digest("hex");
