import assert from "node:assert/strict";
import { it } from "node:test";
import { toCsv, toJson } from "../../www/export-results.ts";
import type { Entry } from "../../www/outcomes.ts";
import type { UpbitError } from "../../www/upbit-cancel-order.js";

function entry(fields: Partial<Entry>): Entry {
  const place = { region: "sg", keyEnding: "0001" } as const;
  const at = new Date(Date.UTC(2025, 6, 4, 15));
  const nothing = { reason: null, order: null, error: null, canceledBefore: null };
  return { request: { uuid: "u" }, place, at, outcome: "canceled", ...nothing, ...fields };
}

const error = Object.assign(new Error("no"), {
  kind: "rejected",
  outcome: "not_canceled",
  status: 404,
  code: "order_not_found",
  hint: "Look.",
  retryAfterMs: null,
  attempts: 1,
  order: null,
  toJSON: () => ({ kind: "rejected", message: "no" }),
}) as unknown as UpbitError;
const failed = entry({ outcome: "not_canceled", reason: "order_not_found", error });

it("writes CSV that a spreadsheet reads as text and not as a formula", () => {
  for (const identifier of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]) {
    const csv = toCsv([
      entry({ request: { identifier }, order: { uuid: "u", market: "SGD-BTC", price: "1" } }),
    ]);
    assert.ok(csv.includes(`,"'${identifier}",`), csv);
  }
  const quoted = toCsv([entry({ request: { identifier: 'a",\n"b' } })]);
  assert.ok(quoted.includes('"a"",\n""b"'), quoted);
});

it("writes a header and one record per result, with what happened", () => {
  const [header, record, end] = toCsv([failed]).split("\r\n");
  assert.ok(
    header?.startsWith('"time","region","key_ending","requested_uuid","requested_identifier","outcome",'),
  );
  assert.ok(
    record?.startsWith(
      '"2025-07-04T15:00:00.000Z","sg","0001","u","","not_canceled","",' +
        '"rejected","order_not_found","404","1","no","Look."',
    ),
    record,
  );
  assert.equal(header?.split(",").length, record?.split(",").length);
  assert.equal(end, "");
});

it("writes JSON with the error's facts", () => {
  const [told] = JSON.parse(toJson([failed]));
  assert.deepEqual(told.request, { uuid: "u" });
  assert.equal(told.outcome, "not_canceled");
  assert.deepEqual(told.error, { kind: "rejected", message: "no" });
});
