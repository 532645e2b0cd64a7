// What would be sent, before it is: the method, the URL and what the token says. Nothing is sent for it.
import { previewRequest } from "./upbit-cancel-order.js";
import { make, makeFacts } from "./dom.ts";

/** @typedef {import("./upbit-cancel-order.js").OrderRef} OrderRef */
/** @typedef {import("./account.ts").Sender} Sender */

const INCOMPLETE = "Choose a region, enter the keys and name an order to see it.";

/**
 * @param {HTMLDetailsElement} details
 * @param {() => { sender: Sender | null, order: OrderRef }} read
 * @returns {() => void} to be called when what it shows may have changed
 */
export function attachPreview(details, read) {
  const body = details.querySelector(".preview-body");
  const update = async () => {
    if (!details.open) return;
    const { sender, order } = read();
    body?.replaceChildren(
      ...(sender === null ? [make("p", { class: "note" }, INCOMPLETE)] : await show(sender, order)),
    );
  };
  details.addEventListener("toggle", update);
  return () => void update();
}

/**
 * @param {Sender} sender
 * @param {OrderRef} order
 * @returns {Promise<HTMLElement[]>}
 */
async function show({ region, options }, order) {
  try {
    const { method, url, claims } = await previewRequest(order, options);
    const { search } = new URL(url);
    const request = make("dl", { class: "facts" });
    request.append(
      ...makeFacts([
        ["Request", `${method} ${url}`],
        ["Passed on to", `${region.host}/v1/order${search}`],
      ]),
    );
    const token = make("dl", { class: "facts" });
    token.append(...makeFacts(Object.entries(claims)));
    return [
      request,
      make("p", { class: "preview-title" }, "What the token says"),
      token,
      make(
        "p",
        { class: "note" },
        "The nonce is a new one in every request. The secret key signs the token and is not in it.",
      ),
    ];
  } catch (error) {
    return [make("p", { class: "note" }, error instanceof Error ? error.message : String(error))];
  }
}
