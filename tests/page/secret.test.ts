import assert from "node:assert/strict";
import { it } from "node:test";
import {
  browserForTests,
  cancelByUuid,
  cancelMany,
  doneWith,
  enterKeys,
  openById,
  refresh,
  resultOf,
} from "./open-page.ts";

const openPage = browserForTests();
const key = {
  accessKey: "ACCESS-KEY-of-the-test-0000000000000wxyz",
  secretKey: "SECRET+KEY/of-the-test=0000000000000abcd",
};

it("the secret key is only in its field", async (t) => {
  const { page, exchange, requests } = await openPage(t, { exchange: { keys: { mine: key } } });
  const logged: string[] = [];
  page.on("console", (message) => logged.push(message.text()));
  await enterKeys(page, key);
  await page.getByRole("button", { name: "Show open orders" }).click();
  await page.locator("#orders-body tr").first().waitFor();
  await refresh(page);
  await page.getByLabel("Confirm").uncheck();
  await openById(page);
  await page.getByText("Preview the request").click();
  const [first = "", ...others] = exchange.orders.open().map(({ uuid }) => uuid);
  await cancelByUuid(page, first);
  await resultOf(page, first).getByText("All fields").click();
  await doneWith(page, "1 canceled");
  await cancelMany(page, [...others, first]);
  await doneWith(page, "12 canceled");
  await page.locator("#language").selectOption("ko");
  await page.locator("#language").selectOption("en");
  await cancelByUuid(page, "nonsense");
  await page.getByRole("alert").first().waitFor();
  await page.evaluate(() => console.debug("what a console is told"));

  const relayed = requests.filter((request) => request.url().includes("/relay/"));
  assert.ok(relayed.length >= 15, `${relayed.length} requests`);
  const sent = await Promise.all(
    requests.map(async (one) =>
      [one.url(), JSON.stringify(await one.allHeaders()), one.postData() ?? ""].join(" "),
    ),
  );
  const kept = await page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const stored = { ...localStorage, ...sessionStorage };
    return JSON.stringify([
      databases,
      stored,
      await caches.keys(),
      document.cookie,
      location.href,
      history.state,
      window.name,
    ]);
  });
  assert.equal(kept, JSON.stringify([[], {}, [], "", `${new URL(page.url()).origin}/#lang=en`, null, ""]));
  const content = await page.evaluate(() => document.documentElement.outerHTML);
  const fields = await page
    .locator("input, textarea, select")
    .evaluateAll((all) => all.map((field) => [field.id, (field as HTMLInputElement).value]));
  for (const secret of spellings(key.secretKey)) {
    for (const text of [...sent, ...logged, content]) assert.ok(!text.includes(secret), text);
    for (const [id, value] of fields) assert.ok(id === "secret-key" || !value?.includes(secret), id);
  }
  assert.ok(content.includes("wxyz") && sent.length > 13, "the test looked at something");
  assert.ok(logged.includes("what a console is told"));
});

it("the field is cleared when the page is left", async (t) => {
  const { page } = await openPage(t);
  await enterKeys(page, key);
  const secret = page.getByLabel("Secret key");
  const attributes = await secret.evaluate((field) =>
    ["type", "autocomplete"].map((name) => field.getAttribute(name)),
  );
  assert.deepEqual(attributes, ["password", "new-password"]);
  assert.equal(
    await page.locator("form #secret-key, form #access-key").count(),
    0,
    "no form can submit them",
  );
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  assert.deepEqual([await secret.inputValue(), await page.getByLabel("Access key").inputValue()], ["", ""]);
});

function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const encoded = (["base64", "base64url", "hex"] as const).map((encoding) => bytes.toString(encoding));
  return [secret, encodeURIComponent(secret), ...encoded.map((text) => text.slice(0, 40))];
}
