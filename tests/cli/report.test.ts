// The report of a run, with an output that is made up.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CancelResult, OrderSummary, Progress } from "upbit-cancel-order";
import type { Output } from "../../js/cli/output.ts";
import { Report } from "../../js/cli/report.ts";

const requests = ["a", "b", "c"].map((uuid) => ({ uuid }));

const canceled = (at: number): CancelResult<OrderSummary> => {
  const request = requests[at] ?? { uuid: "none" };
  return { ok: true, request, order: { ...request, market: "SGD-BTC" } };
};

const progress = (done: number, last: CancelResult<OrderSummary>): Progress<OrderSummary> => ({
  done,
  total: 3,
  canceled: done,
  failed: 0,
  last,
});

/** Keeps the results; throws for the first of those that are named. */
function outputWith(faults: number) {
  const lines: string[] = [];
  let left = faults;
  const output = {
    lines,
    hasColors: false,
    width: Number.POSITIVE_INFINITY,
    screen: null,
    written: Promise.resolve(),
    failed: false,
    note() {},
    result(line: string) {
      left -= 1;
      if (left >= 0) throw new Error("a fault in reporting");
      lines.push(JSON.parse(line).request.uuid);
    },
  };
  return output as typeof output & Output;
}

test("results are printed in the order of the requests", async () => {
  const output = outputWith(0);
  const report = new Report(requests, { json: true, output, inTurn: true });
  report.progress(progress(1, canceled(1)));
  assert.deepEqual(output.lines, []);
  report.progress(progress(2, canceled(0)));
  assert.deepEqual(output.lines, ["a", "b"]);
  assert.equal(await report.end([canceled(0), canceled(1), canceled(2)]), true);
  assert.deepEqual(output.lines, ["a", "b", "c"]);
});

test("an error while reporting progress loses no line", async () => {
  const output = outputWith(1);
  const report = new Report(requests, { json: true, output, inTurn: true });
  assert.throws(() => report.progress(progress(1, canceled(0))));
  report.progress(progress(2, canceled(1)));
  assert.equal(await report.end([canceled(0), canceled(1), canceled(2)]), true);
  assert.deepEqual(output.lines.sort(), ["a", "b", "c"]);
});

test("without progress events, the lines are printed at the end", async () => {
  const output = outputWith(0);
  const report = new Report(requests, { json: true, output, inTurn: true });
  assert.equal(await report.end([canceled(0), canceled(1), canceled(2)]), true);
  assert.deepEqual(output.lines, ["a", "b", "c"]);
});

test("abandon: prints final results and reports the rest as unknown", async () => {
  const output = outputWith(0);
  const report = new Report(requests, { json: true, output, inTurn: true });
  report.progress(progress(1, canceled(2)));
  await report.abandon();
  assert.deepEqual(output.lines, ["a", "b", "c"]);
});
