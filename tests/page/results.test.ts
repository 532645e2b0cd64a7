import assert from "node:assert/strict";
import { it } from "node:test";
import { browserForTests, cancelByUuid, focusOn, showOrders, usePracticeKeys, uuidsOf } from "./open-page.ts";

const openPage = browserForTests();

it("clears the results on request, and lists the next one", async (t) => {
  const { page, exchange } = await openPage(t);
  const [first = "", next = ""] = uuidsOf(exchange, 2);
  const rows = page.locator("#results tbody tr");
  await usePracticeKeys(page);
  await cancelByUuid(page, first);
  await rows.first().waitFor();
  await page.getByRole("button", { name: "Clear" }).click();
  await rows.waitFor({ state: "detached" });
  assert.equal(await page.getByRole("table", { name: "Results" }).isVisible(), false);
  assert.equal(await page.getByRole("button", { name: "Copy JSON" }).isVisible(), false);
  await focusOn(page, "results-heading");
  await cancelByUuid(page, next);
  await rows.first().waitFor();
  assert.deepEqual(await rows.locator("code:first-of-type").allInnerTexts(), [next]);
  await page.getByRole("radio", { name: /^All 1$/ }).waitFor();
});

it("copies amounts from the tables without separators", async (t) => {
  const { page } = await openPage(t, { context: { permissions: ["clipboard-read", "clipboard-write"] } });
  await showOrders(page);
  await page.evaluate(() => {
    const cell = document.querySelector("#orders-body .price");
    if (cell) getSelection()?.selectAllChildren(cell);
  });
  await page.keyboard.press("ControlOrMeta+c");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "153559");
});
