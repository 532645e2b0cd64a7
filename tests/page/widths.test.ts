// No width of the window cuts anything off.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { browserForTests, clickId } from "./open-page.ts";

const openPage = browserForTests();
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";

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
        await clickId(page, "use-practice-keys");
        await clickId(page, "show-orders");
        await page.locator("#orders-body tr").first().waitFor();
        await clickId(page, "by-id");
        await page.locator("#one-preview summary").click();
        await page.locator("#uuid").fill(UUID);
        await page
          .locator("#orders")
          .fill([...names, `identifier=${"x".repeat(300)}`, "y".repeat(300)].join("\n"));
        await clickId(page, "cancel-many");
        await clickId(page, "confirm-cancel");
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
