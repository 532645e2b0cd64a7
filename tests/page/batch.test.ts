import assert from "node:assert/strict";
import { it } from "node:test";
import type { Page } from "playwright-core";
import {
  browserForTests,
  cancelMany,
  doneWith,
  focusOn,
  openById,
  showOrders,
  usePracticeKeys,
  uuidsOf,
} from "./open-page.ts";

const openPage = browserForTests();
const MISSING = "00000000-0000-4000-8000-000000000000";
const stopped = (page: Page) => page.getByRole("heading", { name: /^Stopped: / });

it("cancels many orders and stops on request", async (t) => {
  const { page, exchange } = await openPage(t);
  // More than two seconds within the budget of 600 a second.
  const uuids = uuidsOf(exchange, 1500);
  await usePracticeKeys(page);
  await cancelMany(page, uuids);
  await focusOn(page, "stop");
  await page.getByText(/^[\d,]+ of 1,500 · \d+ canceled/).waitFor();
  assert.equal(await page.getByRole("progressbar").count(), 1);
  await page.getByRole("button", { name: "Stop" }).click();
  await stopped(page).waitFor();
  const rows = page.locator("#results tbody tr");
  assert.equal(await rows.count(), 1500);
  const shown = await rows.evaluateAll((all) =>
    all.map((row) => [row.querySelector("code")?.textContent ?? "", (row as HTMLElement).dataset.outcome]),
  );
  assert.deepEqual(new Set(shown.map(([uuid]) => uuid)), new Set(uuids));
  for (const [uuid = "", outcome] of shown) {
    if (outcome === "accepted") assert.equal(exchange.orders.isOpen(uuid), false);
    if (outcome === "not_sent") assert.equal(exchange.orders.isOpen(uuid), true);
  }
  const left = uuids.filter((uuid) => exchange.orders.isOpen(uuid)).length;
  assert.ok(left > 0 && left < 1500, `${left} are left`);
  assert.match(await stopped(page).innerText(), /[\d,]+ canceled.* · [\d,]+ not sent$/);
  assert.equal(exchange.counts[429] ?? 0, 0);
  await focusOn(page, "results-heading");
});

it("asks for confirmation: number, region, key and skipped lines", async (t) => {
  const { page, exchange } = await openPage(t);
  const uuids = uuidsOf(exchange, 3);
  await usePracticeKeys(page);
  await openById(page);
  const orders = page.getByLabel("Orders");
  await orders.fill(["# three", `${uuids[0]} # note`, ...uuids.slice(1), "nonsense", uuids[0]].join("\n"));
  await page.getByText("3 orders · 1 duplicate line skipped · 1 invalid line").waitFor();
  await page.getByText("Line 5 nonsense: neither a UUID nor identifier=ID").waitFor();
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  const dialog = page.getByRole("dialog");
  const text = await dialog.innerText();
  const left = "1 duplicate line skipped · 1 invalid line";
  for (const part of ["Cancel 3 orders?", "Practice · no real orders", "ends with 0001", left, ...uuids]) {
    assert.ok(text.includes(part), part);
  }
  await dialog.getByText("Preview the first request").click();
  await dialog.getByText("SHA512").waitFor();
  await page.getByRole("button", { name: "Go back" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(exchange.requests.length, 0);
});

it("previews the first request of a cancellation by id", async (t) => {
  const { page, exchange } = await openPage(t);
  const uuids = uuidsOf(exchange, 31);
  await usePracticeKeys(page);
  await openById(page);
  await page.getByLabel("Orders").fill(uuids.join("\n"));
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  await page.getByText("Preview the first request").click();
  const preview = page.locator("#confirm-preview");
  await preview.getByText("/relay/practice/v1/orders/uuids?uuids").first().waitFor();
  assert.equal((await preview.innerText()).split("uuids[]=").length - 1, 40, "20 orders, shown twice");
  assert.equal(exchange.requests.length, 0);
});

it("shows details of an order that is in the list", async (t) => {
  const { page } = await openPage(t);
  await showOrders(page);
  await openById(page);
  const lines = ["identifier=practice-ask-1", "cdd92199-2897-4e14-9448-f923320408ad", MISSING];
  await page.getByLabel("Orders").fill(lines.join("\n"));
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  const text = await page.getByRole("dialog").innerText();
  for (const part of [
    "1 buy · 1 sell · 1 not in the list of open orders",
    "SGD-ETH · sell · limit · 2.3 at 4,555.5",
    MISSING,
  ]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
});

it("asks for orders if none are entered", async (t) => {
  const { page, exchange } = await openPage(t);
  await usePracticeKeys(page);
  await openById(page);
  await page.getByLabel("Orders").fill("# nothing but this");
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  await page.getByRole("alert").getByText("Enter at least one order").waitFor();
  await focusOn(page, "orders");
  await page.getByRole("button", { name: "Cancel order" }).click();
  await page.getByRole("alert").getByText("Enter the UUID or identifier").waitFor();
  await focusOn(page, "uuid");
  assert.equal(exchange.requests.length, 0);
});

it("shows a shared reason once, however many orders failed for it", async (t) => {
  const { page, exchange } = await openPage(t);
  const refused = { refused: { status: 403, name: "market_offline" } };
  const uuids = Array.from({ length: 40 }, () => exchange.orders.add({}, refused).uuid);
  await usePracticeKeys(page);
  await cancelMany(page, uuids);
  await doneWith(page, "40 not canceled");
  const alert = page.getByRole("alert");
  assert.equal(await alert.count(), 1);
  assert.match(await alert.innerText(), /^40 not canceled\s+The market is under maintenance\.\s+Try again/);
  assert.equal(await page.locator("#results tbody tr").count(), 40);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(height < 3000, `the page is ${height} px high`);
});

it("filters the results and copies what is shown", async (t) => {
  const context = { permissions: ["clipboard-read", "clipboard-write"] };
  const { page, exchange } = await openPage(t, { context });
  const [first = "", second = ""] = uuidsOf(exchange, 2);
  exchange.faults.always({ order: second, body: "html" });
  await usePracticeKeys(page);
  await cancelMany(page, [first, second, MISSING]);
  await doneWith(page, "1 canceled · 1 not canceled · 1 unknown");
  const all = await page.locator("#results tbody tr code").allInnerTexts();
  assert.deepEqual(all, [second, MISSING, first], "unknown results come first");
  for (const [filter, uuid] of [
    ["Canceled", first],
    ["Not canceled", MISSING],
    ["Unknown", second],
  ]) {
    await page.getByRole("radio", { name: new RegExp(`^${filter} 1$`) }).check();
    assert.deepEqual(await page.locator("#results tbody tr:visible code").allInnerTexts(), [uuid]);
    await page.getByRole("button", { name: "Copy JSON" }).click();
    await page.getByText("Copied 1 result as JSON.").waitFor();
    const copied: { request: unknown }[] = JSON.parse(
      await page.evaluate(() => navigator.clipboard.readText()),
    );
    assert.deepEqual(
      copied.map(({ request }) => request),
      [{ uuid }],
    );
  }
  await page.getByRole("radio", { name: /^All 3$/ }).check();
  await page.getByRole("button", { name: "Copy CSV" }).click();
  await page.getByText("Copied 3 results as CSV.").waitFor();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(csv.trimEnd().split("\n").length, 4);
});

it("asks before the tab closes during a batch, and only then", async (t) => {
  const { page, exchange } = await openPage(t);
  const uuids = uuidsOf(exchange, 2);
  exchange.faults.always({ hang: "before-headers" });
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  const tryToLeave = () =>
    page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true })));
  await usePracticeKeys(page);
  assert.equal(await tryToLeave(), true);
  await cancelMany(page, uuids);
  await page.getByRole("button", { name: "Stop" }).waitFor();
  assert.equal(await tryToLeave(), false);
  await page.close({ runBeforeUnload: true });
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("heading", { name: "Stopped: 2 unknown" }).waitFor();
  assert.deepEqual(asked, ["beforeunload"]);
  assert.equal(await tryToLeave(), true);
});
