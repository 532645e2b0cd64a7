// The last look before many orders are canceled.
import { byId, make, makeFacts } from "./dom.ts";
import { orderName } from "./order-lines.ts";
import { PRACTICE } from "./regions.ts";
import { attachPreview } from "./request-preview.ts";
import { counted, duration } from "./words.ts";

/** @typedef {import("./order-lines.ts").OrderLines} OrderLines */
/** @typedef {import("./account.ts").Sender} Sender */

const MS_PER_REQUEST = 1000 / 30;

const dialog = byId("confirm", HTMLDialogElement);
const confirm = byId("confirm-cancel", HTMLButtonElement);

/** What the preview shows while the dialog is open. */
/** @typedef {{ sender: Sender | null, order: import("./upbit-cancel-order.js").OrderRef }} First */

/** @type {First} */
const NOTHING = { sender: null, order: {} };
let first = NOTHING;

const updatePreview = attachPreview(byId("confirm-preview", HTMLDetailsElement), () => first);
byId("go-back", HTMLButtonElement).addEventListener("click", () => dialog.close());
confirm.addEventListener("click", () => dialog.close("confirmed"));

/**
 * @param {OrderLines} lines
 * @param {Sender} sender
 * @returns {Promise<boolean>}
 */
export function confirmCancel(lines, sender) {
  const { orders } = lines;
  const what = counted(orders.length, "order");
  byId("confirm-title", HTMLHeadingElement).textContent = `Cancel ${what}?`;
  byId("confirm-facts", HTMLElement).replaceChildren(...makeFacts(factsOf(lines, sender)));
  byId("confirm-list", HTMLElement).replaceChildren(
    ...orders.map((order) => make("li", {}, orderName(order))),
  );
  confirm.textContent = `Cancel ${what}`;
  byId("confirm-preview", HTMLDetailsElement).open = false;
  first = { sender, order: orders[0] ?? {} };
  updatePreview();
  dialog.returnValue = "";
  dialog.showModal();
  // The button that changes nothing, so that a key pressed too often does no harm.
  byId("go-back", HTMLButtonElement).focus();
  return new Promise((resolve) => {
    const closed = () => {
      first = NOTHING;
      resolve(dialog.returnValue === "confirmed");
    };
    dialog.addEventListener("close", closed, { once: true });
  });
}

/**
 * @param {OrderLines} lines
 * @param {Sender} sender
 * @returns {[string, string][]}
 */
function factsOf({ orders, problems, repeated }, { region, keyEnding }) {
  const leftOut = [
    problems.length > 0 ? `${counted(problems.length, "line")} that cannot be read` : null,
    repeated > 0 ? counted(repeated, "repeated line") : null,
  ].filter((part) => part !== null);
  return [
    ["Region", region === PRACTICE ? "Practice (no real orders)" : `${region.name} (real orders)`],
    ["Access key", `ending ${keyEnding}`],
    ["Time", `about ${duration(orders.length * MS_PER_REQUEST)}, at most 30 a second`],
    ...(leftOut.length > 0 ? [/** @type {[string, string]} */ (["Left out", leftOut.join(", ")])] : []),
  ];
}
