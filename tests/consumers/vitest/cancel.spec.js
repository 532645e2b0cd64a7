import * as api from "upbit-cancel-order";
import { expect, test } from "vitest";
import { runSuite } from "./suite.js";

test("orders are canceled", async () => {
  const { failures } = await runSuite(api, process.env.DESK ?? "");
  expect(failures).toEqual([]);
});
