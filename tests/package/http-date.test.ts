// HTTP dates, in the three formats of RFC 9110, 5.6.7.
import assert from "node:assert/strict";
import { test } from "node:test";
import { httpDate } from "../../js/host.ts";

const expected = Date.UTC(1994, 10, 6, 8, 49, 37);

for (const date of [
  "Sun, 06 Nov 1994 08:49:37 GMT",
  "Sunday, 06-Nov-94 08:49:37 GMT",
  "Sun Nov  6 08:49:37 1994",
]) {
  test(`${date} is a date`, () => assert.equal(httpDate(date), expected));
}

for (const text of [
  "",
  "soon",
  "120",
  "1994-11-06T08:49:37Z",
  "Sun, 06 Nov 1994 08:49:37",
  "Sun, 06 Nov 1994 08:49:37:GMT",
  "Sun, 06 Nov 1994 08:49:37 +0900",
  "Sun, 06 Nov 1994 25:49:37 GMT",
  "Sun, 66 Nov 1994 08:49:37 GMT",
  "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
]) {
  test(`${JSON.stringify(text)} is not a date`, () => assert.equal(httpDate(text), undefined));
}
