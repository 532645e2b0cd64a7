// One order, and the account that it belongs to.
import assert from "node:assert/strict";
import { it } from "node:test";
import {
  browserForTests,
  cancelByUuid,
  doneWith,
  enterKeys,
  focusOn,
  openById,
  resultOf,
  usePracticeKeys,
} from "./open-page.ts";

const openPage = browserForTests();
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";

it("cancels by UUID and shows every field of the order", async (t) => {
  const { page, exchange } = await openPage(t);
  const [order] = exchange.orders.open();
  assert.equal(await page.getByLabel("Region").inputValue(), "practice");
  await usePracticeKeys(page);
  await cancelByUuid(page, UUID);
  const row = resultOf(page, UUID);
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
});

it("cancels by an identifier of any characters", async (t) => {
  const { page, exchange } = await openPage(t);
  await usePracticeKeys(page);
  await openById(page);
  for (const identifier of ["rebalance/2025-07:ETH+XRP", "연습-주문-1"]) {
    await page.getByLabel("Identifier").fill(identifier);
    await page.getByRole("button", { name: "Cancel order" }).click();
    await resultOf(page, identifier).getByText("Canceled", { exact: true }).waitFor();
    assert.equal(exchange.orders.isOpen(String(exchange.orders.uuidOf(identifier))), false);
  }
});

it("shows what it will do, and previews the request without sending it", async (t) => {
  const { page, exchange } = await openPage(t);
  await usePracticeKeys(page);
  await openById(page);
  await page.getByLabel("UUID").fill(UUID);
  await page.getByText("Cancels this order at once · Practice · no real orders · key …0001").waitFor();
  await page.getByText("Preview the request").click();
  const preview = page.locator("#one-preview");
  await preview.getByText(`/relay/practice/v1/order?uuid=${UUID}`).first().waitFor();
  const text = await preview.innerText();
  for (const part of ["DELETE", "practice-trader-access", "query_hash_alg", "SHA512", "nonce"]) {
    assert.ok(text.includes(part), part);
  }
  assert.equal(exchange.requests.length, 0);
  await page.getByLabel("Identifier").fill("both");
  assert.ok(await page.getByText("only the UUID is sent").isVisible());
});

it("shows the remaining budget", async (t) => {
  const { page } = await openPage(t);
  await usePracticeKeys(page);
  await cancelByUuid(page, UUID);
  await page.getByText(/^29 of 30 left at /).waitFor();
});

it("shows a second cancellation as already canceled, and says since when", async (t) => {
  const { page, exchange } = await openPage(t);
  await usePracticeKeys(page);
  await cancelByUuid(page, UUID);
  await doneWith(page, "1 canceled");
  await page.getByRole("button", { name: "Cancel order" }).click();
  const row = resultOf(page, UUID);
  await row.getByText(/^Already canceled \d\d:\d\d:\d\d\.$/).waitFor();
  await doneWith(page, "1 canceled");
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.equal(await row.count(), 1, "one row for one order");
  assert.equal(exchange.requests.length, 2);
});

it("shows the previous result of an order", async (t) => {
  const { page, exchange } = await openPage(t);
  await usePracticeKeys(page);
  exchange.faults.next({
    order: UUID,
    status: 403,
    body: { error: { name: "market_offline", message: "" } },
  });
  await cancelByUuid(page, UUID);
  await doneWith(page, "1 not canceled");
  await page.getByRole("button", { name: "Cancel order" }).click();
  await page.getByText(/Earlier in this tab: Not canceled, \d/).waitFor();
  assert.equal(await resultOf(page, UUID).count(), 1);
});

it("has no default region without practice, and shows what is missing at each field", async (t) => {
  const { page, dashboard, requests } = await openPage(t, { practice: false });
  assert.equal(await page.getByLabel("Region").inputValue(), "");
  assert.equal(await page.getByRole("button", { name: "Use practice keys" }).isVisible(), false);
  await cancelByUuid(page, UUID);
  assert.deepEqual(await page.getByRole("alert").allInnerTexts(), [
    "Choose the region that issued the keys.",
    "Enter the access key.",
    "Enter the secret key.",
  ]);
  await focusOn(page, "region");
  await page.getByLabel("Region").selectOption("th");
  assert.equal(await page.locator("#mode").innerText(), "Thailand · real orders");
  const relayed = requests.filter((request) => request.url().startsWith(`${dashboard.url}/relay`));
  assert.equal(relayed.length, 0);
});

it("clears real keys when the region becomes practice, and practice keys when it becomes real", async (t) => {
  const { page } = await openPage(t);
  const values = () =>
    Promise.all(["Access key", "Secret key"].map((name) => page.getByLabel(name).inputValue()));
  const region = page.getByLabel("Region");
  await region.selectOption("sg");
  await enterKeys(page, { accessKey: "real-access", secretKey: "real-secret" });
  await region.selectOption("kr");
  assert.deepEqual(await values(), ["real-access", "real-secret"], "from one real region to another");
  await region.selectOption("practice");
  assert.deepEqual(await values(), ["", ""]);
  await usePracticeKeys(page);
  await region.selectOption("sg");
  assert.deepEqual(await values(), ["", ""]);
});
