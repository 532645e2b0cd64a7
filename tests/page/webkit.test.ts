// The page in the engine of Safari.
import assert from "node:assert/strict";
import { it } from "node:test";
import { openSession } from "../runtimes/webkit.js";
import { startDashboard, startExchange } from "./installed-dashboard.js";

/** What the page is told to do, in its own script; ends with what it shows. */
const FLOW = `
  const [done] = arguments;
  const byId = (id) => document.getElementById(id);
  const until = async (what) => {
    while (!what()) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  (async () => {
    await until(() => byId("own-address").textContent !== "");
    byId("use-practice-keys").click();
    byId("show-orders").click();
    await until(() => !byId("change-account").hidden);
    const listed = byId("orders-body").rows.length;
    for (const row of [...byId("orders-body").rows].slice(0, 40)) row.querySelector("input").click();
    byId("cancel-selected").click();
    const asked = byId("confirm-title").textContent;
    byId("confirm-cancel").click();
    await until(() => byId("activity").dataset.state === "done");
    const alerts = [...document.querySelectorAll("[role=alert]")].filter((one) => !one.closest("[hidden]"));
    return { listed, asked, title: byId("activity-title").textContent, alerts: alerts.map((one) => one.textContent) };
  })().then(done, (error) => done({ error: String(error) }));
`;

it("shows 300 orders, cancels 40 and proves that they are gone", async (t) => {
  const exchange = await startExchange({ orders: 288 });
  t.after(() => exchange.close());
  const dashboard = await startDashboard({ practice: exchange, log: { write() {} } });
  t.after(() => dashboard.close());
  const session = await openSession();
  t.after(() => session.close());
  await session.send("url", { url: `${dashboard.url}/#lang=en` });
  const told = await session.send("execute/async", { script: FLOW, args: [] });
  assert.deepEqual(told, { listed: 300, asked: "Cancel 40 orders?", title: "Done: 40 canceled", alerts: [] });
  assert.equal(exchange.orders.open().length, 260);
});
