// What each route does once the caller is known.
import { Refusal, unwrap } from "./error-answer.ts";
import { parameter } from "./incoming-request.ts";
import { verifyQueryHash } from "./verify-token.ts";

/** @typedef {import("./error-answer.ts").Answer} Answer */
/** @typedef {import("./incoming-request.ts").Incoming} Incoming */
/** @typedef {import("./orders.ts").Orders} Orders */

/**
 * @typedef {object} Route
 * @property {import("./keys.ts").Permission} permission
 * @property {(incoming: Incoming, orders: Orders) => Answer} run
 */

/** @type {Map<string, Route>} */
const ROUTES = new Map([
  ["DELETE /v1/order", { permission: "Make Orders", run: cancelOrder }],
  ["GET /v1/orders/open", { permission: "View Orders", run: listOpenOrders }],
]);

const PAGE_PARAMETERS = new Set(["market", "page", "limit"]);
const LONGEST_PAGE = 100;

/**
 * @param {Incoming} incoming
 * @returns {Route | undefined}
 */
export function findRoute({ method, path }) {
  return ROUTES.get(`${method} ${path}`);
}

/**
 * @param {Route} route
 * @param {Incoming} incoming
 * @param {import("./keys.ts").Key} key whose token has been verified
 * @param {Orders} orders
 * @returns {Answer}
 */
export function runRoute(route, incoming, key, orders) {
  if (incoming.hasBody) {
    const message = "Parameters belong in the query; send no body.";
    throw new Refusal(400, "QUERY_PARAMETER_NOT_SUPPORTED", message);
  }
  verifyQueryHash(incoming);
  if (!key.permissions.includes(route.permission)) {
    throw new Refusal(401, "out_of_scope", `The key lacks the permission [${route.permission}].`);
  }
  return route.run(incoming, orders);
}

/**
 * @param {Incoming} incoming
 * @param {Orders} orders
 */
function cancelOrder(incoming, orders) {
  const identifier = parameter(incoming, "identifier");
  const given = parameter(incoming, "uuid");
  if (given === null && identifier === null) {
    throw new Refusal(400, "validation_error", "Name the order to cancel: give uuid or identifier.");
  }
  const uuid = given ?? orders.uuidOf(identifier ?? "");
  const order = uuid === null ? null : orders.cancel(uuid);
  if (order === null) {
    throw new Refusal(404, "order_not_found", "No open order has this uuid or identifier.");
  }
  return ok([order]);
}

/**
 * Newest first, in pages.
 * @param {Incoming} incoming
 * @param {Orders} orders
 */
function listOpenOrders(incoming, orders) {
  const { params } = unwrap(incoming.query);
  for (const name of params.keys()) {
    if (!PAGE_PARAMETERS.has(name)) throw badPage("This exchange knows market, page and limit only.");
  }
  const market = params.get("market");
  const limit = count(params.get("limit") ?? `${LONGEST_PAGE}`, LONGEST_PAGE);
  const start = (count(params.get("page") ?? "1", Number.MAX_SAFE_INTEGER) - 1) * limit;
  const listed = orders.open().filter((order) => market === undefined || order.market === market);
  listed.sort((a, b) => b.created_at.localeCompare(a.created_at));
  return ok(listed.slice(start, start + limit));
}

/**
 * @param {string} text
 * @param {number} max
 */
function count(text, max) {
  const number = /^[0-9]{1,16}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > max) throw badPage("page must be 1 or more, limit from 1 to 100.");
  return number;
}

/** @param {string} message */
function badPage(message) {
  return new Refusal(400, "invalid_parameter", message);
}

/**
 * @param {unknown} json
 * @returns {Answer}
 */
function ok(json) {
  return { status: 200, headers: {}, json };
}
