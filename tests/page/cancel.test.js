import assert from "node:assert/strict";
import { it } from "node:test";
import { browserForTests, cancelByUuid, usePracticeKeys } from "./open-page.js";

const openPage = browserForTests();
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";

it("cancels by UUID and shows every field of the order", async (t) => {
  const { page, exchange } = await openPage(t);
  const [order] = exchange.orders.open();
  assert.equal(await page.getByLabel("Region").inputValue(), "practice");
  await usePracticeKeys(page);
  await cancelByUuid(page, UUID);
  const row = page.getByRole("table", { name: "Results" }).getByRole("row", { name: UUID });
  await row.getByText("Canceled", { exact: true }).waitFor();
  assert.equal(exchange.orders.isOpen(UUID), false);
  await row.getByText("All fields").click();
  const values = await row.locator("dd").allInnerTexts();
  assert.deepEqual(
    values.toSorted(),
    Object.values(order ?? {})
      .map(String)
      .toSorted(),
  );
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.match(await page.locator("#announcer").innerText(), /1 canceled/);
});

it("cancels by an identifier of any characters", async (t) => {
  const { page, exchange } = await openPage(t);
  await usePracticeKeys(page);
  for (const identifier of ["rebalance/2025-07:ETH+XRP", "연습-주문-1"]) {
    await page.getByLabel("Identifier").fill(identifier);
    await page.getByRole("button", { name: "Cancel order" }).click();
    await page.getByRole("row", { name: identifier }).getByText("Canceled", { exact: true }).waitFor();
    assert.equal(exchange.orders.isOpen(String(exchange.orders.uuidOf(identifier))), false);
  }
});

it("says what it is about to do, and previews the request without sending one", async (t) => {
  const { page, exchange } = await openPage(t);
  await usePracticeKeys(page);
  await page.getByLabel("UUID").fill(UUID);
  await page.getByText("Cancels this order in Practice with the key ending 0001.").waitFor();
  await page.getByText("Preview the request").click();
  const preview = page.locator("#one-preview");
  await preview.getByText(`/relay/practice/v1/order?uuid=${UUID}`).first().waitFor();
  const text = await preview.innerText();
  for (const part of ["DELETE", "practice-trader-access", "query_hash_alg", "SHA512", "nonce"])
    assert.ok(text.includes(part), part);
  assert.equal(exchange.requests.length, 0);
  await page.getByLabel("Identifier").fill("both");
  assert.ok(await page.getByText("only that is sent").isVisible());
});

it("tells the remaining budget", async (t) => {
  const { page } = await openPage(t);
  await usePracticeKeys(page);
  await cancelByUuid(page, UUID);
  await page.getByText(/^29 of 30 left/).waitFor();
});

it("keeps one row per order and remembers what became of it before", async (t) => {
  const { page } = await openPage(t);
  await usePracticeKeys(page);
  await cancelByUuid(page, UUID);
  await page.getByRole("row", { name: UUID }).getByText("Canceled", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Cancel order" }).click();
  await page.getByText(/Earlier in this tab: Canceled/).waitFor();
  assert.equal(await page.getByRole("row", { name: UUID }).count(), 1);
});

it("has no region of its own without practice, and asks for what is missing at its place", async (t) => {
  const { page, dashboard, urls } = await openPage(t, { practice: false });
  assert.equal(await page.getByLabel("Region").inputValue(), "");
  assert.equal(await page.getByRole("button", { name: "Use practice keys" }).isVisible(), false);
  await cancelByUuid(page, UUID);
  assert.deepEqual(await page.getByRole("alert").allInnerTexts(), [
    "Choose the region that issued the keys.",
    "Enter the access key.",
    "Enter the secret key that was issued with it.",
  ]);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "region");
  await page.getByLabel("Region").selectOption("th");
  assert.equal(await page.locator("#mode").innerText(), "Thailand: real orders");
  assert.deepEqual(
    urls.filter((url) => url.startsWith(`${dashboard.url}/relay`)),
    [],
  );
});
