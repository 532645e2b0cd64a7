// The rules in their sequence: from a request to its answer, and to the fault that spoils it.
import { attempt, Refusal, unwrap } from "./error-answer.ts";
import { alterAnswer, answerInstead } from "./faulty-answer.ts";
import { NO_FAULT } from "./faults.ts";
import { parameter } from "./incoming-request.ts";
import { findRoute, runRoute } from "./routes.ts";
import { verifyToken } from "./verify-token.ts";

/** @typedef {import("./error-answer.ts").Answer} Answer */
/** @typedef {import("./faults.ts").Fault} Fault */
/** @typedef {import("./incoming-request.ts").Incoming} Incoming */

const NO_SUCH_ROUTE = new Refusal(
  404,
  "not_found",
  "No such route here: there is DELETE /v1/order and GET /v1/orders/open.",
);

/**
 * What the rules work with.
 * @typedef {object} Parts
 * @property {import("./keys.ts").KeyRing} keyRing
 * @property {import("./nonces.ts").NonceMemory} nonces
 * @property {import("./rate-limit.ts").RateLimiter} limiter
 * @property {import("./orders.ts").Orders} orders
 * @property {import("./faults.ts").Faults} faults
 */

/**
 * The token is verified before the budget is asked, so that its nonce is used up even by a 429; but what the
 * account has left outranks what is wrong with the request.
 * @param {Incoming} incoming
 * @param {Parts} parts
 * @returns {{ answer: Answer, fault: Fault }}
 */
export function answerRequest(incoming, parts) {
  const { keyRing, nonces, limiter, orders } = parts;
  const route = findRoute(incoming);
  if (route === undefined) return unspoilt(NO_SUCH_ROUTE, limiter.remainingReq());
  const caller = attempt(() => verifyToken(incoming, keyRing, nonces));
  const turn = limiter.admit(accountOf(incoming, keyRing));
  const budget = limiter.remainingReq(turn.left);
  if (turn.refusal !== null) return unspoilt(turn.refusal, budget);
  const fault = faultOf(incoming, parts);
  const result =
    answerInstead(fault) ??
    attempt(() => {
      unwrap(incoming.query);
      return runRoute(route, incoming, unwrap(caller), orders);
    });
  return { answer: alterAnswer(withHeaders(result, budget), fault), fault };
}

/**
 * @param {Answer | Refusal} result
 * @param {string} budget
 * @returns {Answer}
 */
export function withHeaders(result, budget) {
  const answer = result instanceof Refusal ? result.toAnswer() : result;
  const headers = { "Content-Type": "application/json; charset=utf-8", "Remaining-Req": budget };
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

/**
 * @param {Refusal} refusal
 * @param {string} budget
 */
function unspoilt(refusal, budget) {
  return { answer: withHeaders(refusal, budget), fault: NO_FAULT };
}

/**
 * By the key that the token names, verified or not: who guesses at signatures uses up the account's budget.
 * @param {Incoming} incoming
 * @param {import("./keys.ts").KeyRing} keyRing
 */
function accountOf({ jwt }, keyRing) {
  return keyRing.find(jwt?.claims["access_key"])?.account ?? null;
}

/**
 * Only cancels are spoilt: a listing tells a test the truth.
 * @param {Incoming} incoming
 * @param {Parts} parts
 */
function faultOf(incoming, { faults }) {
  if (incoming.method !== "DELETE") return NO_FAULT;
  return faults.take([parameter(incoming, "uuid"), parameter(incoming, "identifier")]);
}
