// English and Korean: what is chosen, where it is kept, and that nothing is left in the other language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import type { Page } from "playwright-core";
import { english } from "../../www/texts/english.ts";
import { korean } from "../../www/texts/korean.ts";
import { browserForTests } from "./open-page.ts";

const openPage = browserForTests();
const html = readFileSync(new URL("../../www/index.html", import.meta.url), "utf8");
const language = (page: Page) => page.locator("#language");

it("is the browser's at first", async (t) => {
  for (const [locale, lang, heading] of [
    ["ko-KR", "ko", "주문 취소"],
    ["en-US", "en", "Cancel orders"],
    ["de-DE", "en", "Cancel orders"],
  ] as const) {
    const { page } = await openPage(t, { context: { locale } });
    assert.equal(await page.locator("html").getAttribute("lang"), lang);
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), heading);
    assert.equal(await language(page).inputValue(), lang);
    assert.equal(new URL(page.url()).hash, "");
  }
});

it("can be chosen at any time, and is kept in the URL's fragment and nowhere else", async (t) => {
  const { page } = await openPage(t);
  await page.getByRole("button", { name: "Use practice keys" }).click();
  await page.getByRole("button", { name: "Show open orders" }).click();
  await page.locator("#orders-body tr").first().waitFor();
  await page.locator("#orders-body input").first().check();
  await page.getByLabel("Language").selectOption("한국어");
  assert.equal(new URL(page.url()).hash, "#lang=ko");
  await page.getByRole("button", { name: "선택한 1건 취소" }).waitFor();
  assert.match(await page.locator("#as-of").innerText(), /^미체결 12건, 오전|오후 /);
  assert.equal(await page.getByRole("table", { name: "미체결 주문" }).count(), 1);
  await page.getByRole("checkbox", { name: "SGD-BTC 매수, 주문 가격 153559.00, 주문 잔량 1.0" }).waitFor();
  const stored = await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }, document.cookie]);
  assert.deepEqual(stored, [{}, {}, ""]);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "주문 취소" }).waitFor();
  await page.getByLabel("언어").selectOption("English");
  assert.equal(await page.title(), "Cancel orders on Upbit");
});

it("the whole flow in Korean", async (t) => {
  const { page, exchange } = await openPage(t, { context: { locale: "ko-KR" }, exchange: { orders: 288 } });
  await page.getByRole("button", { name: "연습용 키 사용" }).click();
  await page.getByRole("button", { name: "미체결 주문 보기" }).click();
  await page.getByLabel("페어").selectOption("SGD-BTC");
  await page.getByLabel("주문 구분").selectOption("매수");
  const chosen = exchange.orders.open().filter(({ market, side }) => market === "SGD-BTC" && side === "bid");
  await page.getByRole("checkbox", { name: "전체 선택" }).check();
  await page.getByRole("button", { name: `선택한 ${chosen.length}건 취소` }).click();
  await page.getByRole("button", { name: "돌아가기" }).waitFor();
  await page.getByRole("button", { name: `주문 ${chosen.length}건 취소` }).click();
  await page.getByRole("heading", { name: `완료: 취소 ${chosen.length}건` }).waitFor();
  for (const { uuid } of chosen) assert.equal(exchange.orders.isOpen(uuid), false);
  const row = page.getByRole("table", { name: "결과" }).getByRole("row", { name: chosen[0]?.uuid ?? "" });
  assert.match(await row.innerText(), /취소 완료/);
  const [order] = exchange.orders.open();
  exchange.faults.always({ order: order?.uuid ?? "", body: "html" });
  await page.getByRole("button", { name: "ID로 취소" }).click();
  await page.getByLabel("결과 확인").uncheck();
  await page.getByLabel("UUID").fill(order?.uuid ?? "");
  await page.getByRole("button", { name: "주문 취소", exact: true }).click();
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").innerText(), /^결과 미확인 1건.*응답을 읽을 수 없습니다/s);
});

it("has no English words on the Korean page except names", async (t) => {
  const { page } = await openPage(t, { context: { locale: "ko-KR" } });
  await page.locator("#use-practice-keys").click();
  await page.locator("#show-orders").click();
  await page.locator("#orders-body tr").first().waitFor();
  await page.locator("#by-id").click();
  const words = (await page.locator("body").innerText()).match(/[A-Za-z]{3,}/g) ?? [];
  const names =
    /^(Access|Secret|Key|UUID|Identifier|identifier|JSON|English|SGD|BTC|ETH|XRP|IDR|THB|SOL|DOGE|ADA|KRW|USDT)$/;
  assert.deepEqual(
    words.filter((word) => !names.test(word)),
    [],
  );
});

it("every text that the page asks for is there, and every text is used", () => {
  const asked = [...html.matchAll(/data-(?:text|label)="(\w+)"/g)].map(([, name]) => name);
  const known = Object.keys(english.page);
  assert.deepEqual(
    asked.filter((name = "") => !known.includes(name)),
    [],
  );
  const byScript = ["title", "allFields", "notShown", "checkAgain"];
  assert.deepEqual(
    known.filter((name) => !asked.includes(name) && !byScript.includes(name)),
    [],
  );
});

it("no Korean text is the English one", () => {
  const same = Object.entries(english.reasons).filter(([name, texts]) => {
    return String(korean.reasons[name as keyof typeof english.reasons]) === String(texts);
  });
  assert.deepEqual(same, []);
});
