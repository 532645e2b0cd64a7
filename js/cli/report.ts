// What the user sees of a run that cancels: a line for each order, a moving line meanwhile, and what it adds up to.
import type { CancelResult, OrderRef, OrderSummary, Progress } from "upbit-cancel-order";
import { orderName } from "../order-lines.ts";
import type { Output } from "./output.ts";
import { ProgressLine } from "./progress-line.ts";
import { jsonLine, LEFT, NOT_SENT, summaryOf, type ToldResult, wordsFor } from "./result-text.ts";

export interface ReportOptions {
  json: boolean;
  output: Output;
  /** In the order of the requests, each as soon as those before it are final; else successes as they come, and failures at the end. */
  inTurn: boolean;
  /** What is known of an order beside its result. */
  known?: (name: string) => object | undefined;
}

export class Report {
  #requests: OrderRef[];
  #options: ReportOptions;
  #toLine: (result: ToldResult) => string;
  #line: ProgressLine;
  /** What is final and not printed yet, by the names of the orders. */
  #held = new Map<string, ToldResult>();
  #printed = new Set<string>();
  #turn = 0;
  #stopping = false;

  constructor(requests: OrderRef[], options: ReportOptions) {
    const { json, output, known = () => undefined } = options;
    this.#requests = requests;
    this.#options = options;
    this.#toLine = json ? jsonLine : wordsFor(requests, output.hasColors, output.width, known);
    const counts = requests.length > 1 ? { done: 0, total: requests.length, failed: 0 } : null;
    this.#line = new ProgressLine(output.screen, "Waiting for the answer", counts);
  }

  progress({ done, total, failed, last }: Progress<OrderSummary>): void {
    this.#line.erase();
    const result = this.#told(last);
    this.#held.set(orderName(last.request), result);
    if (this.#options.inTurn) this.#printTurns();
    else if (result.ok) this.#print(result);
    if (total > 1) this.#line.count({ done, total, failed });
  }

  /** What was asked for is done, and something else is awaited. */
  awaiting(label: string): void {
    this.#line.end();
    this.#line = new ProgressLine(this.#options.output.screen, label);
  }

  /** @param why There will be no more progress worth a bar. */
  stopping(why: string): void {
    this.#stopping = true;
    this.#line.end();
    this.#options.output.note(why);
  }

  /** The process ends now: what is final is printed, and the rest is not known. */
  leave(): Promise<void> {
    for (const request of this.#requests) {
      this.#print(this.#held.get(orderName(request)) ?? { ok: false, request, error: LEFT });
    }
    return this.#options.output.written;
  }

  /** @returns Whether all orders were canceled, and their results could be written. */
  async end(given: CancelResult<OrderSummary>[]): Promise<boolean> {
    const { json, output } = this.#options;
    const results = given.map((result) => this.#told(result));
    this.#line.end();
    for (const result of results) this.#print(result);
    await output.written;
    const allCanceled = results.every(({ ok }) => ok);
    if (!json && results.length > 1) output.note(summaryOf(results).join("\n"));
    return allCanceled && !output.failed;
  }

  /** Every order was checked before, so a request is invalid only because the client was closed before its turn. */
  #told(result: CancelResult<OrderSummary>): ToldResult {
    const unsent = this.#stopping && !result.ok && result.error.kind === "invalid_request";
    return unsent ? { ok: false, request: result.request, error: NOT_SENT } : result;
  }

  #printTurns(): void {
    for (;;) {
      const next = this.#requests[this.#turn];
      const result = next && this.#held.get(orderName(next));
      if (!result) return;
      this.#turn += 1;
      this.#print(result);
    }
  }

  #print(result: ToldResult): void {
    const name = orderName(result.request);
    if (this.#printed.has(name)) return;
    this.#options.output.result(this.#toLine(result));
    this.#printed.add(name);
  }
}
