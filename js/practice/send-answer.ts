// Sends an answer, or applies a fault to the socket.
import type { ServerResponse } from "node:http";
import type { Fault } from "./faults.ts";
import { bodyText, isSilent } from "./faulty-answer.ts";
import type { Answer } from "./refusal.ts";

/** @param onStatus called when the status is sent */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  fault: Fault,
  onStatus: (status: number) => void,
) {
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

function allowsBody(status: number) {
  return status !== 204 && status !== 304;
}

function firstHalf(body: Buffer) {
  return body.subarray(0, body.length / 2);
}

/** Waits, but not after the client has disconnected. */
function pause(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
