// The page without a mouse, and what a screen reader announces.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import {
  activeId,
  browserForTests,
  cancelByUuid,
  cancelMany,
  doneWith,
  focusOn,
  openById,
  showOrders,
  usePracticeKeys,
} from "./open-page.ts";

const openPage = browserForTests();
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";
const MISSING = "00000000-0000-4000-8000-000000000000";

describe("works with the keyboard alone", () => {
  const tabTo = async (page: Page, id: string) => {
    for (let presses = 0; (await activeId(page)) !== id; presses += 1) {
      assert.ok(presses < 60, `Tab never comes to #${id}`);
      await page.keyboard.press("Tab");
      const outline = () => getComputedStyle(document.activeElement ?? document.body).outlineStyle;
      assert.notEqual(await page.evaluate(outline), "none");
    }
  };
  const press = async (page: Page, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it("from the list to the proof: show, filter, select 40 of 300, cancel", async (t) => {
    const { page, exchange } = await openPage(t, { exchange: { orders: 288 } });
    await tabTo(page, "use-practice-keys");
    await press(page, "Enter");
    await page.keyboard.press("Shift+Tab");
    await focusOn(page, "show-orders");
    await press(page, "Enter");
    await page.getByRole("button", { name: "Change account" }).waitFor();
    await focusOn(page, "open-orders-heading");
    await tabTo(page, "market");
    await page.keyboard.type("SGD-B");
    assert.equal(await page.getByLabel("Market").inputValue(), "SGD-BTC");
    await tabTo(page, "select-all");
    await press(page, "Tab", "Space");
    for (let count = 1; count < 40; count += 1) await press(page, "ArrowDown", "Space");
    await page.getByRole("button", { name: "Cancel 40 selected" }).waitFor();
    await press(page, "Enter");
    await focusOn(page, "cancel-selected");
    await press(page, "Enter");
    await page.getByRole("dialog").waitFor();
    await focusOn(page, "go-back");
    await tabTo(page, "confirm-cancel");
    await press(page, "Enter");
    await doneWith(page, "40 canceled");
    assert.equal(exchange.orders.open().filter(({ market }) => market === "SGD-BTC").length, 20);
    await focusOn(page, "results-heading");
  });

  it("past a long list, and through ids", async (t) => {
    const { page, exchange } = await openPage(t, { exchange: { orders: 100 } });
    await showOrders(page);
    await focusOn(page, "open-orders-heading");
    await tabTo(page, "skip-list");
    assert.ok(await page.getByRole("button", { name: "Skip the list" }).isVisible());
    await press(page, "Enter");
    await tabTo(page, "by-id");
    await press(page, "Enter");
    await tabTo(page, "uuid");
    await page.keyboard.type(UUID);
    await press(page, "Enter");
    await doneWith(page, "1 canceled");
    await focusOn(page, "uuid");
    await tabTo(page, "orders");
    await page.keyboard.type(
      exchange.orders
        .open()
        .slice(0, 3)
        .map(({ uuid }) => uuid)
        .join(" # \n"),
    );
    await tabTo(page, "cancel-many");
    exchange.faults.always({ hang: "before-headers" });
    await press(page, "Enter");
    await tabTo(page, "confirm-cancel");
    await press(page, "Enter");
    await page.locator('#activity[data-state="running"]').waitFor();
    await tabTo(page, "stop");
    await press(page, "Enter");
    await page.getByRole("heading", { name: /^Stopped: / }).waitFor();
    await focusOn(page, "results-heading");
  });
});

it("announces changes to screen readers", async (t) => {
  const { page } = await openPage(t);
  await showOrders(page);
  const announced = page.locator("#announcer");
  assert.match(await announced.innerText(), /^12 open, as of/);
  await cancelByUuid(page, UUID);
  await doneWith(page, "1 canceled");
  assert.equal(await announced.innerText(), "Done: 1 canceled");
  await openById(page);
  await usePracticeKeysAgain(page);
  await cancelMany(page, [MISSING, UUID]);
  await doneWith(page, "1 canceled · 1 not canceled");
  assert.equal(await page.getByRole("alert").count(), 1);
});

async function usePracticeKeysAgain(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Change account" }).click();
  await usePracticeKeys(page);
}
