// Puts the parts of the page together.
import { Account } from "./account.ts";
import { watchBudget } from "./budget.ts";
import { attachCopying } from "./copy-results.ts";
import { byId } from "./dom.ts";
import { attachManyOrders } from "./many-orders.ts";
import { attachOneOrder } from "./one-order.ts";
import { attachPracticeOrders } from "./practice-orders.ts";
import { Results } from "./results.ts";
import { Runner } from "./runner.ts";
import { loadPractice } from "./session.ts";

const results = new Results();
const runner = new Runner(results);
/** @type {(() => void)[]} */
const updates = [];
const account = new Account(await loadPractice(), () => updates.forEach((update) => update()));
updates.push(
  attachOneOrder(account, runner),
  attachManyOrders(account, runner),
  attachPracticeOrders(account),
);
updates.forEach((update) => update());
attachCopying(results);
watchBudget();
byId("own-address", HTMLSpanElement).textContent = location.host;
