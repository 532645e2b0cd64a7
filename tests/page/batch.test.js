import assert from "node:assert/strict";
import { it } from "node:test";
import { browserForTests, cancelMany, usePracticeKeys } from "./open-page.js";

const openPage = browserForTests();

/** @param {import("../../js/practice/exchange.ts").Exchange} exchange @param {number} count */
const addOrders = (exchange, count) => exchange.orders.addMany(count).map(({ uuid }) => uuid);

it("cancels 100 orders and stops when it is told to", async (t) => {
  const { page, exchange } = await openPage(t);
  const uuids = addOrders(exchange, 100);
  await usePracticeKeys(page);
  await cancelMany(page, uuids);
  await page.getByText(/^\d+ of 100 · .*about \d+ s left/).waitFor();
  await page.getByRole("progressbar").waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await page
    .getByText(/^Stopped: \d+ canceled/)
    .first()
    .waitFor();
  const rows = page.locator("tbody tr");
  assert.equal(await rows.count(), 100);
  const shown = await rows.evaluateAll((all) =>
    all.map((row) => [row.querySelector("code")?.textContent, row.dataset.outcome]),
  );
  assert.deepEqual(
    shown.map(([uuid]) => uuid),
    uuids,
    "in the order listed",
  );
  for (const [uuid, outcome] of shown) {
    const open = exchange.orders.isOpen(String(uuid));
    if (outcome === "canceled") assert.equal(open, false);
    if (outcome === "not_canceled") assert.equal(open, true);
  }
  const left = exchange.orders.open().filter(({ uuid }) => uuids.includes(uuid)).length;
  assert.ok(left > 0 && left < 100, `${left} are left`);
  assert.equal(exchange.counts[429] ?? 0, 0);
  assert.match(await page.getByRole("alert").innerText(), /not canceled/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "results-heading");
});

it("asks first: how many, where, for whom, and what is left out", async (t) => {
  const { page, exchange } = await openPage(t);
  const uuids = addOrders(exchange, 3);
  await usePracticeKeys(page);
  await page.getByLabel("Orders").fill(["# three", ...uuids, "nonsense", uuids[0]].join("\n"));
  await page.getByText("3 orders · 1 repeated line left out · 1 line cannot be read").waitFor();
  await page.getByText("Line 5 nonsense: neither a UUID nor identifier=ID").waitFor();
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  const dialog = page.getByRole("dialog");
  const text = await dialog.innerText();
  for (const part of [
    "Cancel 3 orders?",
    "Practice (no real orders)",
    "ending 0001",
    "1 line that cannot be read, 1 repeated line",
    ...uuids,
  ]) {
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

it("asks for orders where none are listed", async (t) => {
  const { page, exchange } = await openPage(t);
  await usePracticeKeys(page);
  await page.getByLabel("Orders").fill("# nothing but this");
  await page.getByRole("button", { name: "Cancel all listed" }).click();
  await page.getByRole("alert").getByText("List at least one order").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "orders");
  assert.equal(exchange.requests.length, 0);
});

it("filters the results and copies what is shown", async (t) => {
  const { page, exchange } = await openPage(t, {
    context: { permissions: ["clipboard-read", "clipboard-write"] },
  });
  const [first = "", second = ""] = addOrders(exchange, 2);
  const missing = "00000000-0000-4000-8000-000000000000";
  exchange.faults.always({ order: second, body: "html" });
  await usePracticeKeys(page);
  await cancelMany(page, [first, second, missing]);
  await page.getByText("Done: 1 canceled, 1 not canceled, 1 unknown").first().waitFor();
  for (const [filter, uuid] of [
    ["Canceled", first],
    ["Not canceled", missing],
    ["Unknown", second],
  ]) {
    await page.getByRole("radio", { name: new RegExp(`^${filter} 1$`) }).check();
    assert.deepEqual(await page.locator("tbody tr:visible code:first-of-type").allInnerTexts(), [uuid]);
    await page.getByRole("button", { name: "Copy JSON" }).click();
    await page.getByText("Copied 1 result as JSON.").waitFor();
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    assert.deepEqual(
      copied.map((/** @type {any} */ { request }) => request.uuid),
      [uuid],
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
  const uuids = addOrders(exchange, 2);
  exchange.faults.always({ hang: "before-headers" });
  /** @type {string[]} */
  const asked = [];
  page.on("dialog", (dialog) => (asked.push(dialog.type()), dialog.dismiss()));
  const tryToLeave = () =>
    page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true })));
  await usePracticeKeys(page);
  assert.equal(await tryToLeave(), true);
  await cancelMany(page, uuids);
  await page.getByRole("button", { name: "Stop" }).waitFor();
  assert.equal(await tryToLeave(), false);
  await page.close({ runBeforeUnload: true });
  await page.getByRole("button", { name: "Stop" }).click();
  await page
    .getByText(/^Stopped: 2 unknown/)
    .first()
    .waitFor();
  assert.deepEqual(asked, ["beforeunload"]);
  assert.equal(await tryToLeave(), true);
});
