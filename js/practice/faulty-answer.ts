// Applies a fault to an answer: replaces or changes it.
import { type Batch, batchOf, type Summary } from "./cancellations.ts";
import { type Fault, isAbout } from "./faults.ts";
import { accountBlocked, tooManyRequests } from "./rate-limit.ts";
import { type Answer, errorBody } from "./refusal.ts";

const OVERSIZED_BYTES = 2 * 1024 * 1024;
const HTML_PAGE = "<!doctype html><html><title>Maintenance</title><p>We will be back soon.</p></html>";

/** a placeholder for answers that are never sent */
const UNSENT: Answer = { status: 500, headers: {} };

/** Whether the request gets no answer and has no effect. */
export function isSilent({ hang, drop }: Fault): boolean {
  return hang === "before-headers" || drop === "before";
}

/** An answer without any effect, or null if the request is carried out. */
export function answerInstead(fault: Fault): Answer | null {
  if (isSilent(fault)) return UNSENT;
  if (fault.rateLimited) return tooManyRequests(fault.retryAfter).toAnswer();
  if (fault.blocked) return accountBlocked("for some time", fault.retryAfter).toAnswer();
  if (fault.redirect !== undefined) {
    return { status: fault.status ?? 307, headers: { Location: fault.redirect }, text: "" };
  }
  return fault.status === undefined ? null : otherStatus(fault.status, fault.body);
}

export function alterAnswer(answer: Answer, fault: Fault): Answer {
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

export function bodyText({ text, json }: Answer): string {
  return text ?? JSON.stringify(json) ?? "";
}

function otherStatus(status: number, body: unknown): Answer {
  if (typeof body === "string") return { status, headers: {}, text: body };
  const name = status === 500 ? "internal_server_error" : "practice_fault";
  return { status, headers: {}, json: body ?? errorBody(name, "This fault was switched on for a test.") };
}

function withOtherJson(answer: Answer, fault: Fault): Answer {
  if (answer.status !== 200 || answer.text !== undefined) return answer;
  let { json } = answer;
  if (fault.shape === "object" && Array.isArray(json)) json = json[0];
  if (fault.lie !== undefined && isBatch(json)) json = lying(json, fault);
  if (fault.transform !== undefined) json = fault.transform(json);
  return { ...answer, json };
}

function isBatch(json: unknown): json is Batch {
  return typeof json === "object" && json !== null && "success" in json && "failed" in json;
}

function lying({ success, failed }: Batch, fault: Fault): Batch {
  const isMeant = (entry: Summary) => isAbout(fault, entry);
  const meant = success.orders.find(isMeant);
  switch (fault.lie) {
    case "counts":
      return {
        success: { ...success, count: success.count + 1 },
        failed: { ...failed, count: failed.count + 1 },
      };
    case "both-lists":
      return batchOf(success.orders, [...failed.orders, ...(meant === undefined ? [] : [meant])]);
    case "left-out":
      return batchOf(
        success.orders.filter((entry) => entry !== meant),
        failed.orders,
      );
    default: {
      const anonymous = (entry: Summary) =>
        isMeant(entry) ? { uuid: entry.uuid, market: entry.market } : entry;
      return batchOf(success.orders.map(anonymous), failed.orders.map(anonymous));
    }
  }
}

function withOtherBody(answer: Answer, { status, body }: Fault): Answer {
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
