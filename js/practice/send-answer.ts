// Puts an answer on the wire, or does with the socket what a fault asks for.
import { bodyText, isSilent } from "./faulty-answer.ts";

/** @typedef {import("node:http").ServerResponse} ServerResponse */
/** @typedef {import("./error-answer.ts").Answer} Answer */
/** @typedef {import("./faults.ts").Fault} Fault */

/**
 * @param {ServerResponse} response
 * @param {Answer} answer
 * @param {Fault} fault
 * @param {(status: number) => void} onStatus called when a status goes out
 */
export async function sendAnswer(response, answer, fault, onStatus) {
  if (fault.latencyMs !== undefined) await pause(fault.latencyMs, response);
  if (fault.drop !== undefined) return void response.destroy();
  if (isSilent(fault) || response.closed) return;
  const body = Buffer.from(bodyText(answer), "utf8");
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(allowsBody(answer.status) && { "Content-Length": body.length }),
  });
  onStatus(answer.status);
  if (fault.hang === "mid-body") return void response.write(firstHalf(body));
  if (fault.status === undefined && fault.body === "truncated") {
    return void response.write(firstHalf(body), () => response.destroy());
  }
  response.end(body);
}

/** @param {number} status */
function allowsBody(status) {
  return status !== 204 && status !== 304;
}

/** @param {Buffer} body */
function firstHalf(body) {
  return body.subarray(0, body.length / 2);
}

/**
 * Waits, but no longer than there is somebody to answer.
 * @param {number} ms
 * @param {ServerResponse} response
 * @returns {Promise<void>}
 */
function pause(ms, response) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
