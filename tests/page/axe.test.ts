// axe-core finds no violation in any state of the page, in both languages, both color schemes and two widths.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { browserForTests, clickId } from "./open-page.ts";

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

describe("axe finds no violations", () => {
  for (const locale of ["en-GB", "ko-KR"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1280, 390]) {
        it(`${locale}, ${colorScheme}, ${width} px wide`, async (t) => {
          const context = { locale, colorScheme, viewport: { width, height: 800 } };
          const { page, exchange } = await openPage(t, { context });
          await assertAccessible(page, "at the start");
          await clickId(page, "show-orders");
          await page.getByRole("alert").first().waitFor();
          await assertAccessible(page, "with fields missing");
          await clickId(page, "use-practice-keys");
          await clickId(page, "show-orders");
          await page.locator("#orders-body tr").first().waitFor();
          await assertAccessible(page, "with the list");
          const boxes = page.locator("#orders-body input");
          for (const nth of [0, 1, 2, 3]) await boxes.nth(nth).check();
          await clickId(page, "cancel-selected");
          await page.locator("#confirm-preview summary").click();
          await assertAccessible(page, "with the question");
          exchange.faults.next({ order: UUID, body: "html" }, 10);
          exchange.orders.fill(
            (await boxes.nth(1).locator("xpath=ancestor::tr").getAttribute("data-uuid")) ?? "",
          );
          await clickId(page, "confirm-cancel");
          await page.locator('#activity[data-state="done"]').waitFor({ timeout: 20_000 });
          await page.locator("#results details summary").first().click();
          await assertAccessible(page, "with results");
          await clickId(page, "by-id");
          await page.locator("#one-preview summary").click();
          await page.locator("#uuid").fill("nonsense");
          await page.locator("#orders").fill(`${MISSING}\n${UUID}\nnonsense`);
          await clickId(page, "cancel-one");
          await assertAccessible(page, "with ids");
          exchange.faults.always({ hang: "before-headers" });
          await clickId(page, "cancel-many");
          await clickId(page, "confirm-cancel");
          await page.locator('#activity[data-state="running"]').waitFor();
          await assertAccessible(page, "during a batch");
          await clickId(page, "stop");
        });
      }
    }
  }
});
