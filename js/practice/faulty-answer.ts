// What a fault makes of an answer: another one instead of it, or the same one altered.
import { errorBody } from "./error-answer.ts";
import { accountBlocked, tooManyRequests } from "./rate-limit.ts";

/** @typedef {import("./error-answer.ts").Answer} Answer */
/** @typedef {import("./faults.ts").Fault} Fault */

const OVERSIZED_BYTES = 2 * 1024 * 1024;
const HTML_PAGE = "<!doctype html><html><title>Maintenance</title><p>We will be back soon.</p></html>";

/** @type {Answer} stands in where the socket stays silent */
const UNSENT = { status: 500, headers: {} };

/**
 * @param {Fault} fault
 * @returns {boolean} whether nothing at all is answered, and nothing done
 */
export function isSilent({ hang, drop }) {
  return hang === "before-headers" || drop === "before";
}

/**
 * @param {Fault} fault
 * @returns {Answer | null} an answer that is given before any effect, or null if the order is to be canceled
 */
export function answerInstead(fault) {
  if (isSilent(fault)) return UNSENT;
  if (fault.rateLimited) return tooManyRequests(fault.retryAfter).toAnswer();
  if (fault.blocked) return accountBlocked("for some time", fault.retryAfter).toAnswer();
  if (fault.redirect !== undefined) {
    return { status: fault.status ?? 307, headers: { Location: fault.redirect }, text: "" };
  }
  return fault.status === undefined ? null : otherStatus(fault.status, fault.body);
}

/**
 * @param {Answer} answer
 * @param {Fault} fault
 * @returns {Answer}
 */
export function alterAnswer(answer, fault) {
  const reshaped = withOtherBody(withOtherJson(answer, fault), fault);
  const headers = new Map(Object.entries(reshaped.headers));
  const { remainingReq, headers: others = {} } = fault;
  const changes = { ...others, ...(remainingReq !== undefined && { "Remaining-Req": remainingReq }) };
  for (const [name, value] of Object.entries(changes)) {
    for (const known of headers.keys()) if (known.toLowerCase() === name.toLowerCase()) headers.delete(known);
    if (value !== null) headers.set(name, value);
  }
  return { ...reshaped, headers: Object.fromEntries(headers) };
}

/**
 * @param {Answer} answer
 * @returns {string}
 */
export function bodyText({ text, json }) {
  return text ?? JSON.stringify(json) ?? "";
}

/**
 * @param {number} status
 * @param {unknown} body
 * @returns {Answer}
 */
function otherStatus(status, body) {
  if (typeof body === "string") return { status, headers: {}, text: body };
  const name = status === 500 ? "internal_server_error" : "practice_fault";
  return { status, headers: {}, json: body ?? errorBody(name, "A fault that was switched on for a test.") };
}

/**
 * @param {Answer} answer
 * @param {Fault} fault
 * @returns {Answer}
 */
function withOtherJson(answer, { shape, transform }) {
  if (answer.status !== 200 || !Array.isArray(answer.json)) return answer;
  const json = shape === "object" ? answer.json[0] : answer.json;
  return { ...answer, json: transform === undefined ? json : transform(json) };
}

/**
 * @param {Answer} answer
 * @param {Fault} fault
 * @returns {Answer}
 */
function withOtherBody(answer, { status, body }) {
  if (status !== undefined) return answer;
  const text = bodyText(answer);
  if (body === "empty") return { ...answer, text: "" };
  if (body === "non-json") return { ...answer, text: text.slice(0, text.length / 2) };
  if (body === "html") {
    const headers = { ...answer.headers, "Content-Type": "text/html; charset=utf-8" };
    return { ...answer, status: 200, headers, text: HTML_PAGE };
  }
  // JSON may be followed by any amount of white space.
  if (body === "oversized") return { ...answer, status: 200, text: text.padEnd(OVERSIZED_BYTES) };
  return answer;
}
