// Puts the parts of the page together.
import { Account } from "./account.js";
import { watchBudget } from "./budget.js";
import { attachCopying } from "./copy-results.js";
import { byId } from "./dom.js";
import { attachManyOrders } from "./many-orders.js";
import { attachOneOrder } from "./one-order.js";
import { attachPracticeOrders } from "./practice-orders.js";
import { Results } from "./results.js";
import { Runner } from "./runner.js";
import { loadPractice } from "./session.js";

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
