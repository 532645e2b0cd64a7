// The output of a run that cancels: one line per order, a progress line, and a summary.
import type { CancelResult, OrderRef, OrderSummary, Progress } from "upbit-cancel-order";
import { orderName } from "../order-lines.ts";
import type { Output } from "./output.ts";
import { ProgressLine } from "./progress-line.ts";
import { jsonLine, NO_RESPONSE, NOT_SENT, type ReportedResult, summaryOf, textLines } from "./result-text.ts";

export interface ReportOptions {
  json: boolean;
  output: Output;
  /** Whether to print results in the order of the requests. Otherwise, prints successes at once and failures at the end. */
  inTurn: boolean;
  /** More fields of an order that are known in advance. */
  known?: (name: string) => object | undefined;
}

export class Report {
  #requests: OrderRef[];
  #options: ReportOptions;
  #toLine: (result: ReportedResult) => string;
  #line: ProgressLine;
  /** Final results that have not been printed yet, by order name. */
  #pending = new Map<string, ReportedResult>();
  #printed = new Set<string>();
  #turn = 0;
  #stopping = false;

  constructor(requests: OrderRef[], options: ReportOptions) {
    const { json, output, known = () => undefined } = options;
    this.#requests = requests;
    this.#options = options;
    this.#toLine = json ? jsonLine : textLines(requests, output.hasColors, output.width, known);
    const counts = requests.length > 1 ? { done: 0, total: requests.length, failed: 0 } : null;
    this.#line = new ProgressLine(output.screen, "Waiting for a response", counts);
  }

  progress({ done, total, failed, last }: Progress<OrderSummary>): void {
    this.#line.erase();
    const result = this.#withReason(last);
    this.#pending.set(orderName(last.request), result);
    if (this.#options.inTurn) this.#printTurns();
    else if (result.ok) this.#print(result);
    if (total > 1) this.#line.count({ done, total, failed });
  }

  /** Shows a new progress line for the next step. */
  waitFor(label: string): void {
    this.#line.end();
    this.#line = new ProgressLine(this.#options.output.screen, label);
  }

  /** Ends the progress line. @param why The reason, for the user. */
  stopping(why: string): void {
    this.#stopping = true;
    this.#line.end();
    this.#options.output.note(why);
  }

  /** Prints final results, and reports the rest as unknown, because the process exits now. */
  abandon(): Promise<void> {
    for (const request of this.#requests) {
      this.#print(this.#pending.get(orderName(request)) ?? { ok: false, request, error: NO_RESPONSE });
    }
    return this.#options.output.written;
  }

  /** @returns Whether all orders were canceled and all results could be written. */
  async end(given: CancelResult<OrderSummary>[]): Promise<boolean> {
    const { json, output } = this.#options;
    const results = given.map((result) => this.#withReason(result));
    this.#line.end();
    for (const result of results) this.#print(result);
    await output.written;
    const allCanceled = results.every(({ ok }) => ok);
    if (!json && results.length > 1) output.note(summaryOf(results).join("\n"));
    return allCanceled && !output.failed;
  }

  /** All orders were checked before, so `invalid_request` means that the client was closed before the order was sent. */
  #withReason(result: CancelResult<OrderSummary>): ReportedResult {
    const unsent = this.#stopping && !result.ok && result.error.kind === "invalid_request";
    return unsent ? { ok: false, request: result.request, error: NOT_SENT } : result;
  }

  #printTurns(): void {
    for (;;) {
      const next = this.#requests[this.#turn];
      const result = next && this.#pending.get(orderName(next));
      if (!result) return;
      this.#turn += 1;
      this.#print(result);
    }
  }

  #print(result: ReportedResult): void {
    const name = orderName(result.request);
    if (this.#printed.has(name)) return;
    this.#options.output.result(this.#toLine(result));
    this.#printed.add(name);
  }
}
