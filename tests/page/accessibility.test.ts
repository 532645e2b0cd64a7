import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import {
  activeId,
  browserForTests,
  cancelByUuid,
  cancelMany,
  doneWith,
  openById,
  showOrders,
  usePracticeKeys,
} from "./open-page.ts";

const openPage = browserForTests();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";
const MISSING = "00000000-0000-4000-8000-000000000000";

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

async function assertAccessible(page: Page, state: string): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: Axe }).axe.run();
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
  });
  assert.deepEqual(violations, [], state);
}

/** By id, because the words are in two languages. */
const click = (page: Page, id: string) => page.locator(`#${id}`).click();

describe("axe finds nothing", () => {
  for (const locale of ["en-GB", "ko-KR"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1280, 390]) {
        it(`${locale}, ${colorScheme}, ${width} px wide`, async (t) => {
          const context = { locale, colorScheme, viewport: { width, height: 800 } };
          const { page, exchange } = await openPage(t, { context });
          await assertAccessible(page, "at the start");
          await click(page, "show-orders");
          await page.getByRole("alert").first().waitFor();
          await assertAccessible(page, "with fields missing");
          await click(page, "use-practice-keys");
          await click(page, "show-orders");
          await page.locator("#orders-body tr").first().waitFor();
          await assertAccessible(page, "with the list");
          const boxes = page.locator("#orders-body input");
          for (const nth of [0, 1, 2, 3]) await boxes.nth(nth).check();
          await click(page, "cancel-selected");
          await page.locator("#confirm-preview summary").click();
          await assertAccessible(page, "with the question");
          exchange.faults.next({ order: UUID, body: "html" }, 10);
          exchange.orders.fill(
            (await boxes.nth(1).locator("xpath=ancestor::tr").getAttribute("data-uuid")) ?? "",
          );
          await click(page, "confirm-cancel");
          await page.locator('#activity[data-state="done"]').waitFor({ timeout: 20_000 });
          await page.locator("#results details summary").first().click();
          await assertAccessible(page, "with results");
          await click(page, "by-id");
          await page.locator("#one-preview summary").click();
          await page.locator("#uuid").fill("nonsense");
          await page.locator("#orders").fill(`${MISSING}\n${UUID}\nnonsense`);
          await click(page, "cancel-one");
          await assertAccessible(page, "with ids");
          exchange.faults.always({ hang: "before-headers" });
          await click(page, "cancel-many");
          await click(page, "confirm-cancel");
          await page.getByRole("progressbar").waitFor();
          await assertAccessible(page, "during a batch");
          await click(page, "stop");
        });
      }
    }
  }
});

describe("nothing is cut off or needs scrolling sideways", () => {
  // 640 px is what a window of 1280 px has at 200 % zoom, 320 px at 400 %.
  for (const width of [1280, 900, 640, 390, 320]) {
    for (const locale of ["en-GB", "ko-KR"]) {
      it(`${width} px wide, ${locale}`, async (t) => {
        const { page, exchange } = await openPage(t, {
          context: { locale, viewport: { width, height: 800 } },
        });
        const names = exchange.orders
          .open()
          .map(({ uuid, identifier }) => (identifier ? `identifier=${identifier}` : uuid));
        await click(page, "use-practice-keys");
        await click(page, "show-orders");
        await page.locator("#orders-body tr").first().waitFor();
        await click(page, "by-id");
        await page.locator("#one-preview summary").click();
        await page.locator("#uuid").fill(UUID);
        await page
          .locator("#orders")
          .fill([...names, `identifier=${"x".repeat(300)}`, "y".repeat(300)].join("\n"));
        await click(page, "cancel-many");
        await click(page, "confirm-cancel");
        await page.locator('#activity[data-state="done"]').waitFor({ timeout: 20_000 });
        await page.locator("#results details summary").first().click();
        for (const selector of ["html", ".scroll >> nth=0", "#results-scroll"]) {
          const [wide, seen] = await page
            .locator(selector)
            .evaluate((box) => [box.scrollWidth, box.clientWidth]);
          assert.equal(wide, seen, selector);
        }
      });
    }
  }
});

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
    assert.equal(await activeId(page), "show-orders");
    await press(page, "Enter");
    await page.getByRole("button", { name: "Change account" }).waitFor();
    assert.equal(await activeId(page), "open-orders-heading");
    await tabTo(page, "market");
    await page.keyboard.type("SGD-B");
    assert.equal(await page.getByLabel("Market").inputValue(), "SGD-BTC");
    await tabTo(page, "select-all");
    await press(page, "Tab", "Space");
    for (let count = 1; count < 40; count += 1) await press(page, "ArrowDown", "Space");
    await page.getByRole("button", { name: "Cancel 40 selected" }).waitFor();
    await press(page, "Enter");
    assert.equal(await activeId(page), "cancel-selected");
    await press(page, "Enter");
    await page.getByRole("dialog").waitFor();
    assert.equal(await activeId(page), "go-back");
    await tabTo(page, "confirm-cancel");
    await press(page, "Enter");
    await doneWith(page, "40 canceled");
    assert.equal(exchange.orders.open().filter(({ market }) => market === "SGD-BTC").length, 20);
    assert.equal(await activeId(page), "results-heading");
  });

  it("past a long list, and through ids", async (t) => {
    const { page, exchange } = await openPage(t, { exchange: { orders: 100 } });
    await showOrders(page);
    assert.equal(await activeId(page), "open-orders-heading");
    await tabTo(page, "skip-list");
    assert.ok(await page.getByRole("button", { name: "Skip the list" }).isVisible());
    await press(page, "Enter");
    await tabTo(page, "by-id");
    await press(page, "Enter");
    await tabTo(page, "uuid");
    await page.keyboard.type(UUID);
    await press(page, "Enter");
    await doneWith(page, "1 canceled");
    assert.equal(await activeId(page), "uuid");
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
    await page.getByRole("progressbar").waitFor();
    await tabTo(page, "stop");
    await press(page, "Enter");
    await page.getByRole("heading", { name: /^Stopped: / }).waitFor();
    assert.equal(await activeId(page), "results-heading");
  });
});

it("says aloud what the page shows", async (t) => {
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
