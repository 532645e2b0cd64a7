// Cancels many orders, pasted one a line.
import { alertPanel } from "./outcome-panel.ts";
import { confirmCancel } from "./confirm-dialog.ts";
import { byId, make } from "./dom.ts";
import { readOrderLines } from "./order-lines.ts";
import { summaryOf } from "./runner.ts";
import { counted, inRegion } from "./words.ts";

const field = byId("orders", HTMLTextAreaElement);
const outcome = byId("many-outcome", HTMLDivElement);

/** Of a paste that is no list of orders, the first lines tell enough. */
const MAX_PROBLEMS = 8;

/**
 * @param {import("./account.ts").Account} account
 * @param {import("./runner.ts").Runner} runner
 * @returns {() => void} to be called when the account has changed
 */
export function attachManyOrders(account, runner) {
  const update = () => {
    const lines = readOrderLines(field.value);
    showCount(lines);
    showProblems(lines.problems);
    const sender = account.sender;
    const count = lines.orders.length;
    const ready = sender !== null && count > 0;
    const intent = ready
      ? `Cancels ${counted(count, "order")} ${inRegion(sender)}. You will be asked first.`
      : "";
    byId("many-intent", HTMLParagraphElement).textContent = intent;
  };
  field.addEventListener("input", () => (outcome.replaceChildren(), update()));
  byId("cancel-many", HTMLButtonElement).addEventListener("click", () => {
    if (!runner.busy) void cancel(account, runner);
  });
  update();
  return update;
}

/**
 * @param {import("./account.ts").Account} account
 * @param {import("./runner.ts").Runner} runner
 */
async function cancel(account, runner) {
  outcome.replaceChildren();
  const sender = account.demandSender();
  if (sender === null) return;
  const lines = readOrderLines(field.value);
  if (lines.orders.length === 0) {
    outcome.replaceChildren(alertPanel("List at least one order: a UUID, or identifier=ID."));
    field.focus();
    return;
  }
  if (!(await confirmCancel(lines, sender))) return;
  const results = await runner.cancelMany(lines.orders, sender);
  if (results.every(({ ok }) => ok)) return;
  outcome.replaceChildren(
    alertPanel(`${summaryOf(results)}. The table of results says why, order by order.`),
  );
}

/** @param {import("./order-lines.ts").OrderLines} lines */
function showCount({ orders, problems, repeated }) {
  const parts = [
    counted(orders.length, "order"),
    repeated > 0 ? `${counted(repeated, "repeated line")} left out` : null,
    problems.length > 0 ? `${counted(problems.length, "line")} cannot be read` : null,
  ];
  const empty = orders.length + problems.length === 0;
  const text = empty ? "" : parts.filter((part) => part !== null).join(" · ");
  const place = byId("orders-count", HTMLParagraphElement);
  if (place.textContent !== text) place.textContent = text;
}

/** @param {import("./order-lines.ts").OrderLines["problems"]} problems */
function showProblems(problems) {
  const list = byId("orders-problems", HTMLUListElement);
  const items = problems
    .slice(0, MAX_PROBLEMS)
    .map(({ line, text, why }) =>
      make("li", {}, `Line ${line} `, make("code", {}, shortened(text)), `: ${why}`),
    );
  const more = problems.length - items.length;
  list.replaceChildren(...items, ...(more > 0 ? [make("li", {}, `and ${more} more`)] : []));
  list.hidden = problems.length === 0;
  field.setAttribute("aria-invalid", String(problems.length > 0));
}

/** @param {string} text */
function shortened(text) {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
