import assert from "node:assert/strict";
import { it } from "node:test";
import { browserForTests, cancelByUuid, usePracticeKeys } from "./open-page.js";

const openPage = browserForTests();

/** @param {import("../../js/practice/exchange.ts").Exchange} exchange */
const newOrder = (exchange) => exchange.orders.addMany(1).map(({ uuid }) => uuid)[0] ?? "";

it("clears the results when it is told to, and lists the next one", async (t) => {
  const { page, exchange } = await openPage(t);
  const rows = page.locator("tbody tr");
  await usePracticeKeys(page);
  await cancelByUuid(page, newOrder(exchange));
  await rows.first().waitFor();
  await page.getByRole("button", { name: "Clear" }).click();
  await rows.waitFor({ state: "detached" });
  assert.equal(await page.getByRole("table").isVisible(), false);
  assert.equal(await page.getByRole("button", { name: "Copy JSON" }).isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "results-heading");
  const next = newOrder(exchange);
  await cancelByUuid(page, next);
  await rows.first().waitFor();
  assert.deepEqual(await rows.locator("code:first-of-type").allInnerTexts(), [next]);
  await page.getByRole("radio", { name: /^All 1$/ }).waitFor();
});

it("says so where the browser does not allow copying", async (t) => {
  const { page, exchange } = await openPage(t, {
    prepare: async (page) => {
      await page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
      });
    },
  });
  await usePracticeKeys(page);
  await cancelByUuid(page, newOrder(exchange));
  await page.getByRole("button", { name: "Copy CSV" }).click();
  await page.getByText("The browser did not allow copying.").waitFor();
});
