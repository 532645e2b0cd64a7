// The endpoints.

import type { Call } from "./call.ts";
import { cancelByIds, cancelOpen, cancelOrder } from "./cancellations.ts";
import type { Incoming } from "./incoming-request.ts";
import type { Key, Permission } from "./keys.ts";
import { getOrder, listByIds, listOpen } from "./lookups.ts";
import type { RateGroup } from "./rate-limit.ts";
import { type Answer, Refusal, unwrap } from "./refusal.ts";
import { verifyQueryHash } from "./verify-token.ts";

interface Endpoint {
  permission: Permission;
  group: RateGroup;
  /** Other parameters are refused, so that a misspelt filter cannot cancel more than intended; default: any. */
  parameters?: readonly string[];
  handle: (call: Call) => Answer;
}

const OPEN_FILTERS = ["cancel_side", "pairs", "quote_currencies", "excluded_pairs", "count", "order_by"];
const PAGE_FILTERS = ["market", "state", "states[]", "page", "limit", "order_by"];
const IDS = ["uuids[]", "identifiers[]"];
const CANCEL = { permission: "Make Orders", group: "default" } as const;
const LOOKUP = { permission: "View Orders", group: "default" } as const;

const ENDPOINTS = new Map<string, Endpoint>([
  ["DELETE /v1/order", { ...CANCEL, handle: cancelOrder }],
  ["DELETE /v1/orders/uuids", { ...CANCEL, parameters: IDS, handle: cancelByIds }],
  [
    "DELETE /v1/orders/open",
    { ...CANCEL, group: "order-cancel-all", parameters: OPEN_FILTERS, handle: cancelOpen },
  ],
  ["GET /v1/order", { ...LOOKUP, handle: getOrder }],
  ["GET /v1/orders/open", { ...LOOKUP, parameters: PAGE_FILTERS, handle: listOpen }],
  ["GET /v1/orders/uuids", { ...LOOKUP, parameters: [...IDS, "market", "order_by"], handle: listByIds }],
]);

export const ENDPOINT_NAMES: readonly string[] = [...ENDPOINTS.keys()];

export function findEndpoint(name: string): Endpoint | undefined {
  return ENDPOINTS.get(name);
}

/** @param key the key of a verified token */
export function runEndpoint(
  endpoint: Endpoint,
  incoming: Incoming,
  key: Key,
  rest: Omit<Call, "params">,
): Answer {
  if (incoming.hasBody) {
    const message = "Parameters belong in the query; send no body.";
    throw new Refusal(400, "QUERY_PARAMETER_NOT_SUPPORTED", message);
  }
  verifyQueryHash(incoming);
  if (!key.permissions.includes(endpoint.permission)) {
    throw new Refusal(401, "out_of_scope", `The key lacks the permission [${endpoint.permission}].`);
  }
  const { params } = unwrap(incoming.query);
  const { parameters = [...params.keys()] } = endpoint;
  if ([...params.keys()].some((name) => !parameters.includes(name))) {
    throw new Refusal(400, "invalid_parameter", `This endpoint knows only ${parameters.join(", ")}.`);
  }
  return endpoint.handle({ params, ...rest });
}
