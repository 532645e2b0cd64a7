// Every kind of error, next to what caused it: what it means, what to do, and the facts.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { browserForTests, cancelByUuid, usePracticeKeys } from "./open-page.js";

const openPage = browserForTests();
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";

/**
 * @typedef {object} Case
 * @property {string} kind
 * @property {import("../../js/practice/faults.ts").Fault} [fault]
 * @property {number} [times] how many requests the fault spoils; default: all
 * @property {string} [uuid]
 * @property {RegExp[]} told
 */

/** @type {Case[]} */
const CASES = [
  {
    kind: "rejected",
    uuid: UUID.replace("c", "0"),
    told: [/Not canceled/, /no such order/, /Check the UUID/, /order_not_found · HTTP 404/],
  },
  {
    kind: "rejected",
    fault: { status: 403, body: { error: { name: "market_offline", message: "Closed." } } },
    told: [/Still open, as far as this call knows/, /under maintenance/, /market_offline · HTTP 403/],
  },
  {
    kind: "rate_limited",
    fault: { blocked: true, retryAfter: "30" },
    told: [/Not canceled/, /Send nothing until/, /HTTP 418/, /wait 30 s/],
  },
  {
    kind: "server",
    fault: { status: 500 },
    told: [/Unknown/, /may have been canceled/, /Look at your open orders/, /HTTP 500 · 3 requests sent/],
  },
  // The first attempt takes effect and its answer is lost: the second finds no such order any more.
  {
    kind: "rejected",
    fault: { drop: "after" },
    times: 1,
    told: [/Unknown/, /may well have canceled/, /order_not_found · HTTP 404 · 2 requests/],
  },
  {
    kind: "bad_response",
    fault: { body: "html" },
    told: [/Unknown/, /Look at your open orders/, /HTTP 200/],
  },
  { kind: "bad_response", fault: { redirect: "/v1/elsewhere" }, told: [/Unknown/, /redirect/] },
];

describe("says what happened", () => {
  for (const { kind, fault, times, uuid = UUID, told } of CASES) {
    it(`${kind}: ${JSON.stringify(fault ?? "no such order")}`, async (t) => {
      const { page, exchange } = await openPage(t);
      if (fault !== undefined && times === undefined) exchange.faults.always(fault);
      if (fault !== undefined && times !== undefined) exchange.faults.next(fault, times);
      await usePracticeKeys(page);
      await cancelByUuid(page, uuid);
      await page.getByRole("alert").waitFor();
      const text = await page.getByRole("alert").innerText();
      const row = await page.getByRole("row", { name: uuid }).innerText();
      for (const pattern of [new RegExp(kind), ...told]) {
        assert.match(text, pattern);
        assert.match(row, pattern);
      }
    });
  }

  it("invalid_request: at the field, and nothing is sent", async (t) => {
    const { page, exchange } = await openPage(t);
    await usePracticeKeys(page);
    await cancelByUuid(page, "not-a-uuid");
    assert.match(
      await page.getByRole("alert").innerText(),
      /Nothing was sent.*`uuid` must be 32 hexadecimal.*invalid_request/s,
    );
    assert.equal(await page.getByLabel("UUID").getAttribute("aria-invalid"), "true");
    assert.equal(exchange.requests.length, 0);
    await page.getByLabel("UUID").fill("");
    assert.equal(await page.getByRole("alert").count(), 0);
  });

  it("network: the dashboard itself is gone", async (t) => {
    const { page, dashboard } = await openPage(t);
    await usePracticeKeys(page);
    await dashboard.close();
    await cancelByUuid(page, UUID);
    await page.getByRole("alert").waitFor();
    assert.match(await page.getByRole("alert").innerText(), /Unknown.*Look at your open orders.*network/s);
  });

  it("timeout: no answer, three times", async (t) => {
    const { page, exchange } = await openPage(t, { prepare: (page) => page.clock.install() });
    exchange.faults.always({ hang: "before-headers" });
    await usePracticeKeys(page);
    await cancelByUuid(page, UUID);
    const alert = page.getByRole("alert");
    while ((await alert.count()) === 0) await page.clock.runFor(1000);
    assert.match(await alert.innerText(), /Unknown.*Look at your open orders.*timeout · \d requests? sent/s);
  });

  it("aborted: stopped by the user", async (t) => {
    const { page, exchange } = await openPage(t);
    exchange.faults.always({ hang: "before-headers" });
    await usePracticeKeys(page);
    await cancelByUuid(page, UUID);
    await page.getByRole("button", { name: "Stop" }).click();
    assert.match(await page.getByRole("alert").innerText(), /Unknown.*under way.*aborted/s);
  });

  it("the exchange is gone: told as server, with the relay's own code", async (t) => {
    const { page, exchange } = await openPage(t);
    await usePracticeKeys(page);
    await exchange.close();
    await cancelByUuid(page, UUID);
    await page.getByRole("alert").waitFor();
    assert.match(
      await page.getByRole("alert").innerText(),
      /Unknown.*server · relay_upstream_unreachable · HTTP 502/s,
    );
  });
});
