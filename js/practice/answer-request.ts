// Applies the rules to a request, in Upbit's order, and returns the answer and its fault.
import type { Switches } from "./call.ts";
import { findEndpoint, runEndpoint } from "./endpoints.ts";
import { type Fault, type Faults, NO_FAULT } from "./faults.ts";
import { alterAnswer, answerInstead } from "./faulty-answer.ts";
import { type Incoming, namesIn } from "./incoming-request.ts";
import type { KeyRing } from "./keys.ts";
import type { NonceMemory } from "./nonces.ts";
import type { Orders } from "./orders.ts";
import type { RateLimiter } from "./rate-limit.ts";
import { type Answer, attempt, Refusal, unwrap } from "./refusal.ts";
import { verifyToken } from "./verify-token.ts";

const NO_SUCH_ROUTE = new Refusal(
  404,
  "not_found",
  "No such route here: there are DELETE and GET of /v1/order, /v1/orders/uuids and /v1/orders/open.",
);

/** What the rules work with. */
export interface Parts {
  keyRing: KeyRing;
  nonces: NonceMemory;
  limiter: RateLimiter;
  orders: Orders;
  faults: Faults;
  switches: Switches;
}

/**
 * The token is verified before the rate limit, so that even a 429 uses up its nonce. But a rate limit error takes precedence over
 * errors in the request.
 */
export function answerRequest(incoming: Incoming, parts: Parts): { answer: Answer; fault: Fault } {
  const { keyRing, nonces, limiter, orders, faults, switches } = parts;
  const name = `${incoming.method} ${incoming.path}`;
  const endpoint = findEndpoint(name);
  if (endpoint === undefined) return withoutFault(NO_SUCH_ROUTE, limiter.remainingReq());
  const caller = attempt(() => verifyToken(incoming, keyRing, nonces));
  const { budget, refusal } = limiter.admit(accountOf(incoming, keyRing), endpoint.group);
  if (refusal !== null) return withoutFault(refusal, budget);
  const fault = faults.take(name, allNames(incoming, orders));
  const result =
    answerInstead(fault) ??
    attempt(() => {
      unwrap(incoming.query);
      return runEndpoint(endpoint, incoming, unwrap(caller), { orders, fault, switches });
    });
  return { answer: alterAnswer(withHeaders(result, budget), fault), fault };
}

/** @param budget value of Remaining-Req */
export function withHeaders(result: Answer | Refusal, budget: string): Answer {
  const answer = result instanceof Refusal ? result.toAnswer() : result;
  const headers = { "Content-Type": "application/json; charset=utf-8", "Remaining-Req": budget };
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

function withoutFault(refusal: Refusal, budget: string) {
  return { answer: withHeaders(refusal, budget), fault: NO_FAULT };
}

/** The account of the token's key, verified or not: requests with a wrong signature also count. */
function accountOf({ jwt }: Incoming, keyRing: KeyRing): string | null {
  return keyRing.find(jwt?.claims.access_key)?.account ?? null;
}

/** All uuids and identifiers of the orders that the request names. */
function allNames(incoming: Incoming, orders: Orders): string[] {
  return namesIn(incoming).flatMap((name) => {
    const order = orders.find(name) ?? orders.find(orders.uuidOf(name) ?? "");
    return order === null ? [name] : [name, order.uuid, order.identifier ?? name];
  });
}
