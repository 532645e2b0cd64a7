// In practice there is no other list of open orders to copy from.
import { byId } from "./dom.ts";
import { PRACTICE } from "./regions.ts";
import { loadPractice } from "./session.ts";

/** @param {import("./account.ts").Account} account */
export function attachPracticeOrders(account) {
  const buttons = [
    attach("try-one", byId("uuid", HTMLInputElement), (orders) => orders.slice(0, 1)),
    attach("try-many", byId("orders", HTMLTextAreaElement), (orders) => orders),
  ];
  return () => {
    for (const button of buttons) button.hidden = account.region !== PRACTICE;
  };
}

/**
 * @param {string} id
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {(orders: string[]) => string[]} choose
 */
function attach(id, field, choose) {
  const button = byId(id, HTMLButtonElement);
  button.addEventListener("click", async () => {
    const practice = await loadPractice();
    field.value = choose(practice?.orders ?? []).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return button;
}
