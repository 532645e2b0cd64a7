// Every kind of error: what it means, what to do, and the facts, in the page's own words.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Fault } from "../../js/practice/faults.ts";
import {
  browserForTests,
  cancelByUuid,
  cancelMany,
  enterKeys,
  openById,
  resultOf,
  showOrders,
  usePracticeKeys,
} from "./open-page.ts";

const openPage = browserForTests();
const UUID = "cdd92199-2897-4e14-9448-f923320408ad";
const done = (page: Page) =>
  page.getByRole("heading", { name: /^(Done|Stopped): / }).waitFor({ timeout: 20_000 });

interface Case {
  kind: string;
  fault?: Fault;
  /** How many requests the fault spoils; default: all. */
  times?: number;
  uuid?: string;
  told: RegExp[];
}

const CASES: Case[] = [
  {
    kind: "rejected",
    uuid: UUID.replace("c", "0"),
    told: [/1 not canceled/, /no such open order/, /Check the UUID/, /order_not_found · HTTP 404/],
  },
  {
    kind: "rejected",
    fault: { status: 403, body: { error: { name: "market_offline", message: "A message of the API." } } },
    told: [
      /1 not canceled/,
      /under maintenance/,
      /Try again after the maintenance/,
      /market_offline · HTTP 403/,
    ],
  },
  {
    kind: "rejected",
    fault: { status: 422, body: { error: { name: "something_new", message: "A message of the API." } } },
    told: [/1 not canceled/, /Upbit refused the request/, /something_new · HTTP 422/],
  },
  {
    kind: "rate_limited",
    fault: { blocked: true, retryAfter: "30" },
    told: [/1 not canceled/, /blocked/, /Send nothing until/, /HTTP 418/, /wait 30 sec/],
  },
  {
    kind: "server",
    fault: { status: 500 },
    told: [/1 unknown/, /The exchange had an error/, /Check the order before/, /HTTP 500 · 3 requests sent/],
  },
  // The first attempt takes effect and its answer is lost: the second finds no such order any more.
  {
    kind: "rejected",
    fault: { drop: "after" },
    times: 1,
    told: [/1 unknown/, /may have canceled/, /order_not_found · HTTP 404 · 2 requests/],
  },
  {
    kind: "bad_response",
    fault: { body: "html" },
    told: [/1 unknown/, /could not be read/, /HTTP 200/],
  },
  { kind: "bad_response", fault: { redirect: "/v1/elsewhere" }, told: [/1 unknown/, /redirect/] },
];

describe("reports what happened", () => {
  for (const { kind, fault, times, uuid = UUID, told } of CASES) {
    it(`${kind}: ${JSON.stringify(fault ?? "no such order")}`, async (t) => {
      const { page, exchange } = await openPage(t);
      if (fault !== undefined && times === undefined) exchange.faults.always(fault);
      if (fault !== undefined && times !== undefined) exchange.faults.next(fault, times);
      await usePracticeKeys(page);
      await cancelByUuid(page, uuid);
      await done(page);
      const text = await page.getByRole("alert").innerText();
      for (const pattern of [new RegExp(kind), ...told]) assert.match(text, pattern);
      assert.doesNotMatch(await page.locator("body").innerText(), /A message of the API|`/);
      const isUnknown = told.some(({ source }) => source.includes("unknown"));
      assert.match(await resultOf(page, uuid).innerText(), isUnknown ? /Unknown/ : /Not canceled/);
    });
  }

  it("no UUID: at the field, and nothing is sent", async (t) => {
    const { page, exchange } = await openPage(t);
    await usePracticeKeys(page);
    await cancelByUuid(page, "not-a-uuid");
    assert.match(await page.getByRole("alert").innerText(), /This is not a UUID.*32 hexadecimal digits/s);
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
    await done(page);
    assert.match(
      await page.getByRole("alert").innerText(),
      /1 unknown.*The connection was lost.*Check that the dashboard is running.*network/s,
    );
  });

  it("timeout: no answer, three times", async (t) => {
    const { page, exchange } = await openPage(t, { prepare: (page) => page.clock.install() });
    exchange.faults.always({ hang: "before-headers" });
    await usePracticeKeys(page);
    await cancelByUuid(page, UUID);
    const alert = page.getByRole("alert");
    while ((await alert.count()) === 0) await page.clock.runFor(1000);
    assert.match(await alert.innerText(), /1 unknown.*did not arrive in time.*timeout · \d requests? sent/s);
  });

  it("aborted: stopped by the user", async (t) => {
    const { page, exchange } = await openPage(t);
    exchange.faults.always({ hang: "before-headers" });
    await usePracticeKeys(page);
    await cancelByUuid(page, UUID);
    await page.getByRole("button", { name: "Stop" }).click();
    await done(page);
    assert.match(
      await page.getByRole("alert").innerText(),
      /1 unknown.*Stopped while a request was in flight/s,
    );
  });

  it("the exchange is unreachable: nothing was sent, so nothing is unknown", async (t) => {
    const { page, exchange } = await openPage(t);
    await usePracticeKeys(page);
    await exchange.close();
    await cancelByUuid(page, UUID);
    await done(page);
    assert.match(
      await page.getByRole("alert").innerText(),
      /1 not (canceled|sent).*cannot connect to the exchange\. Nothing was sent/s,
    );
    assert.match(await resultOf(page, UUID).innerText(), /Not (canceled|sent)/);
  });

  it("unconfirmed: the key can cancel but not look up orders", async (t) => {
    const { page, exchange } = await openPage(t);
    await enterKeys(page, exchange.keys.canceler);
    await page.getByLabel("Confirm").check();
    await cancelByUuid(page, UUID);
    await done(page);
    assert.match(
      await page.getByRole("alert").innerText(),
      /could not be confirmed.*\[View Orders\].*unconfirmed/s,
    );
    assert.equal(exchange.orders.isOpen(UUID), false);
  });

  it("a refused key ends a batch: the rest is not sent", async (t) => {
    const { page, exchange } = await openPage(t);
    const uuids = exchange.orders.open().map(({ uuid }) => uuid);
    await enterKeys(page, exchange.keys.viewer);
    await cancelMany(page, uuids);
    await done(page);
    const cancellations = exchange.requests.filter(({ method }) => method === "DELETE").length;
    assert.ok(cancellations < 12, `${cancellations} requests`);
    assert.match(
      await page.getByRole("alert").first().innerText(),
      /This key cannot cancel orders.*\[Make Orders\]/s,
    );
  });
});

describe("errors of the page itself", () => {
  it("a client that cannot be made does not leave the page busy", async (t) => {
    const { page, exchange } = await openPage(t, {
      prepare: (page) =>
        page.route("**/upbit-cancel-order.js", (route, request) => {
          if (request.url().includes("?")) return route.continue();
          const body = `export * from "/upbit-cancel-order.js?real";
            import { UpbitClient as Real } from "/upbit-cancel-order.js?real";
            let made = 0;
            export class UpbitClient extends Real {
              constructor(options) {
                super(options);
                made += 1;
                if (made === 1) throw new Error("the first one fails");
              }
            }`;
          return route.fulfill({ contentType: "text/javascript", body });
        }),
    });
    await usePracticeKeys(page);
    await cancelByUuid(page, UUID);
    await done(page);
    assert.match(await page.getByRole("alert").innerText(), /The page had an internal error/);
    await page.getByRole("button", { name: "Cancel order" }).click();
    await page.getByRole("heading", { name: "Done: 1 canceled" }).waitFor();
    assert.equal(exchange.orders.isOpen(UUID), false);
  });

  it("invalid keys are reported", async (t) => {
    const { page, exchange } = await openPage(t);
    await enterKeys(page, { accessKey: "with\u0007bell", secretKey: "secret" });
    await cancelByUuid(page, UUID);
    await done(page);
    await page.getByRole("button", { name: "Show open orders" }).click();
    assert.equal(exchange.counts[200] ?? 0, 0);
    await usePracticeKeys(page);
    await page.getByRole("button", { name: "Cancel order" }).click();
    await page.getByRole("heading", { name: "Done: 1 canceled" }).waitFor();
  });

  it("a browser that forbids WebAssembly is reported before keys are entered", async (t) => {
    const { page, errors } = await openPage(t, {
      prepare: (page) =>
        page.route("**/*", async (route, request) => {
          if (!request.isNavigationRequest()) return route.continue();
          const response = await route.fetch();
          const policy = response.headers()["content-security-policy"]?.replace(" 'wasm-unsafe-eval'", "");
          const headers = { ...response.headers(), "content-security-policy": policy ?? "" };
          return route.fulfill({ response, headers });
        }),
    });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    assert.match(
      await alert.innerText(),
      /cannot start its signing code \(WebAssembly\).*Allow WebAssembly/s,
    );
    // The browser complains by itself.
    errors.splice(0);
  });
});

it("shows on a phone why there is no list", async (t) => {
  const viewport = { width: 375, height: 720 };
  const { page, exchange, errors } = await openPage(t, { context: { viewport } });
  await enterKeys(page, { ...exchange.keys.trader, secretKey: "another" });
  await page.getByRole("button", { name: "Show open orders" }).click();
  const why = page.getByText("The secret key does not belong to the access key.");
  await why.waitFor();
  const isOnTop = await why.evaluate((element) => {
    const { x, y } = element.getBoundingClientRect();
    return document.elementFromPoint(x + 1, y + 1) === element;
  });
  assert.ok(isOnTop, "it is off the screen, or something covers it");
  errors.splice(0);
});

it("shows a message if the browser does not allow copying", async (t) => {
  const { page } = await openPage(t, {
    prepare: (page) =>
      page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
      }),
  });
  await showOrders(page);
  await openById(page);
  await cancelByUuid(page, UUID);
  await page.getByRole("button", { name: "Copy CSV" }).click();
  await page.getByText("The browser did not allow copying.").waitFor();
});
