// Cancels one order, by UUID or identifier.
import { previewRequest, UpbitError } from "./upbit-cancel-order.js";
import { byId } from "./dom.ts";
import { outcomePanel } from "./outcome-panel.ts";
import { attachPreview } from "./request-preview.ts";
import { inRegion } from "./words.ts";

/** @typedef {import("./upbit-cancel-order.js").OrderRef} OrderRef */

const uuid = byId("uuid", HTMLInputElement);
const identifier = byId("identifier", HTMLInputElement);
const outcome = byId("one-outcome", HTMLDivElement);

/**
 * @param {import("./account.ts").Account} account
 * @param {import("./runner.ts").Runner} runner
 * @returns {() => void} to be called when the account has changed
 */
export function attachOneOrder(account, runner) {
  const details = byId("one-preview", HTMLDetailsElement);
  const updatePreview = attachPreview(details, () => ({ sender: account.sender, order: readOrder() }));
  const update = () => {
    byId("both-note", HTMLParagraphElement).hidden = uuid.value === "" || identifier.value === "";
    byId("one-intent", HTMLParagraphElement).textContent = intent(account.sender);
    updatePreview();
  };
  for (const field of [uuid, identifier]) field.addEventListener("input", () => (clear(), update()));
  byId("one-order", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    if (!runner.busy) void cancel(account, runner);
  });
  update();
  return update;
}

/** @param {import("./account.ts").Sender | null} sender */
function intent(sender) {
  const what = { uuid: uuid.value.trim(), identifier: identifier.value };
  if (sender === null || (what.uuid === "" && what.identifier === "")) return "";
  return `Cancels this order ${inRegion(sender)}.`;
}

/**
 * @param {import("./account.ts").Account} account
 * @param {import("./runner.ts").Runner} runner
 */
async function cancel(account, runner) {
  clear();
  const sender = account.demandSender();
  if (sender === null) return;
  const order = readOrder();
  const wrong = await problemOf(order, sender);
  if (wrong !== null) {
    outcome.replaceChildren(outcomePanel({ ok: false, request: order, error: wrong }));
    uuid.setAttribute("aria-invalid", "true");
    uuid.focus();
    return;
  }
  outcome.replaceChildren(outcomePanel(await runner.cancelOne(order, sender)));
}

/** @returns {OrderRef} */
function readOrder() {
  const [first, second] = [uuid.value.trim(), identifier.value];
  return { ...(first !== "" && { uuid: first }), ...(second !== "" && { identifier: second }) };
}

/**
 * What the package would refuse, before there is a run.
 * @param {OrderRef} order
 * @param {import("./account.ts").Sender} sender
 */
async function problemOf(order, sender) {
  try {
    await previewRequest(order, sender.options);
    return null;
  } catch (error) {
    if (error instanceof UpbitError) return error;
    throw error;
  }
}

function clear() {
  outcome.replaceChildren();
  uuid.removeAttribute("aria-invalid");
}
