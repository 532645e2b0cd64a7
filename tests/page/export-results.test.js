import assert from "node:assert/strict";
import { it } from "node:test";
import { toCsv, toJson } from "../../www/export-results.ts";
import { UpbitError } from "../package/installed.js";

const place = { region: { value: "sg", name: "Singapore", host: "" }, keyEnding: "0001" };
const at = new Date(Date.UTC(2025, 6, 4, 15));

/** @param {any} result */
const entry = (result) => ({ result, place, at, earlier: null });

/** Not for users to make, so the typings hide it. @type {any} */
const Made = UpbitError;
const error = new Made("no", "rejected", "not_canceled", 404, "order_not_found", "Look.", null, 1);
const failed = entry({ ok: false, request: { uuid: "u" }, error });

it("writes CSV that a spreadsheet reads as text and not as a formula", () => {
  for (const identifier of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]) {
    const csv = toCsv([entry({ ok: true, request: { identifier }, order: { uuid: "u", price: "1" } })]);
    assert.ok(csv.includes(`,"'${identifier}",`), csv);
  }
  const quoted = toCsv([entry({ ok: true, request: { identifier: 'a",\n"b' }, order: { uuid: "u" } })]);
  assert.ok(quoted.includes('"a"",\n""b"'), quoted);
});

it("writes a header and one record per result, with what happened", () => {
  const [header, record, end] = toCsv([failed]).split("\r\n");
  assert.ok(
    header?.startsWith(
      '"time","region","key_ending","requested_uuid","requested_identifier","outcome","kind"',
    ),
  );
  assert.ok(
    record?.startsWith(
      '"2025-07-04T15:00:00.000Z","sg","0001","u","","not_canceled",' +
        '"rejected","order_not_found","404","1","no","Look."',
    ),
  );
  assert.equal(header?.split(",").length, record?.split(",").length);
  assert.equal(end, "");
});

it("writes JSON with the error's facts, which an Error would not have", () => {
  const [told] = JSON.parse(toJson([failed]));
  assert.deepEqual(told.request, { uuid: "u" });
  const facts = {
    kind: "rejected",
    outcome: "not_canceled",
    status: 404,
    code: "order_not_found",
    message: "no",
  };
  assert.deepEqual(told.error, { ...facts, hint: "Look.", retryAfterMs: null, attempts: 1 });
});
