import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { browserForTests, cancelByUuid, cancelMany, usePracticeKeys } from "./open-page.js";

const openPage = browserForTests();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";
const MISSING = "00000000-0000-4000-8000-000000000000";

/** @param {import("playwright-core").Page} page @param {string} state */
async function assertAccessible(page, state) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run();
    return violations.map((/** @type {any} */ { id, nodes }) => [
      id,
      ...nodes.map((/** @type {any} */ node) => node.html),
    ]);
  });
  assert.deepEqual(violations, [], state);
}

describe("axe finds nothing", () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [1280, 390]) {
      it(`${colorScheme}, ${width} px wide`, async (t) => {
        const { page, exchange } = await openPage(t, {
          context: { colorScheme, viewport: { width, height: 800 } },
        });
        await assertAccessible(page, "at the start");
        await cancelByUuid(page, UUID);
        await assertAccessible(page, "with fields missing");
        await usePracticeKeys(page);
        await page.getByText("Preview the request").click();
        await page.getByLabel("Orders").fill(`${MISSING}\n${UUID}\nnonsense`);
        await page.getByRole("button", { name: "Cancel all listed" }).click();
        await assertAccessible(page, "with the dialog");
        await page.getByRole("button", { name: "Cancel 2 orders" }).click();
        await page.getByText("Done: 1 canceled, 1 not canceled").first().waitFor();
        await page.getByRole("row", { name: UUID }).getByText("All fields").click();
        exchange.faults.always({ body: "html" });
        await cancelByUuid(page, MISSING);
        await page.getByRole("alert").first().waitFor();
        await assertAccessible(page, "with results and errors");
        exchange.faults.always({ hang: "before-headers" });
        const uuids = exchange.orders.open().map(({ uuid }) => uuid);
        await cancelMany(page, uuids);
        await assertAccessible(page, "during a batch");
        await page.getByRole("button", { name: "Stop" }).click();
      });
    }
  }
});

describe("nothing is cut off or needs scrolling sideways", () => {
  // 640 px is what a window of 1280 px has at 200 % zoom, 320 px at 400 %.
  for (const width of [1280, 900, 640, 390, 320]) {
    it(`${width} px wide`, async (t) => {
      const { page, exchange } = await openPage(t, { context: { viewport: { width, height: 800 } } });
      await usePracticeKeys(page);
      const names = exchange.orders
        .open()
        .map(({ uuid, identifier }) => (identifier ? `identifier=${identifier}` : uuid));
      await page.getByText("Preview the request").click();
      await page.getByLabel("UUID").fill(UUID);
      const lines = [...names, `identifier=${"x".repeat(300)}`, "y".repeat(300)];
      await cancelMany(page, lines, lines.length - 1);
      await page
        .getByText(/^Done: 12 canceled, 1 not canceled/)
        .first()
        .waitFor();
      await page.getByRole("row", { name: UUID }).getByText("All fields").click();
      const [wide, seen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.equal(wide, seen);
    });
  }
});

it("works with the keyboard alone", async (t) => {
  const { page, exchange } = await openPage(t);
  const focused = () => page.evaluate(() => document.activeElement?.id ?? "");
  /** @param {string} id */
  const tabTo = async (id) => {
    for (let presses = 0; (await focused()) !== id; presses += 1) {
      assert.ok(presses < 30, `Tab never comes to #${id}`);
      await page.keyboard.press("Tab");
      assert.notEqual(
        await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle),
        "none",
      );
    }
  };
  await tabTo("use-practice-keys");
  await page.keyboard.press("Enter");
  await tabTo("uuid");
  await page.keyboard.type(UUID);
  await page.keyboard.press("Enter");
  await page.getByText("Done: 1 canceled").first().waitFor();
  assert.equal(await focused(), "uuid");
  await tabTo("try-many");
  await page.keyboard.press("Space");
  await page.getByText("Cancels 11 orders").waitFor();
  await tabTo("cancel-many");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  assert.equal(await focused(), "go-back");
  await tabTo("confirm-cancel");
  exchange.faults.always({ hang: "before-headers" });
  await page.keyboard.press("Enter");
  await page.getByRole("progressbar").waitFor();
  await tabTo("stop");
  await page.keyboard.press("Enter");
  await page
    .getByText(/^Stopped: /)
    .first()
    .waitFor();
  assert.equal(await focused(), "results-heading");
});
