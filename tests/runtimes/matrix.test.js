// A test for each row of the matrix.
import { after, before, describe, test } from "node:test";
import { closeBrowsers } from "./browsers.js";
import { matrix } from "./matrix.js";
import { atOnce, prepare, runRow } from "./run-matrix.js";

describe("cancels orders, as installed from the packed tarball", { concurrency: atOnce }, () => {
  before(prepare);
  after(closeBrowsers);
  for (const row of matrix) test(row.title, () => runRow(row));
});
