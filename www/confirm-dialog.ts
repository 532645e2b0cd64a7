// The dialog before orders are canceled: their number, markets, buys and sells, and what they hold.
import { modeOf, type Sender } from "./account.ts";
import { byId, make, makeFacts, setText } from "./dom.ts";
import { duration } from "./formats.ts";
import { t } from "./language.ts";
import { describe, holdingsOf, marketsOf, refText } from "./order-facts.ts";
import { attachPreview, type Previewed } from "./request-preview.ts";
import { MOST_ONE_BY_ONE } from "./runner.ts";
import type { Order, OrderRef } from "./upbit-cancel-order.js";

/** An order to cancel, with its details if known. */
export interface Asked {
  ref: OrderRef;
  order: Order | undefined;
}

const MS_PER_REQUEST = 1000 / 30;
const BY_IDS = 20;
/** The number of orders that are listed. */
const LISTED = 200;

const dialog = byId("confirm-dialog", HTMLDialogElement);
const preview = byId("confirm-preview", HTMLDetailsElement);
const goBack = byId("go-back", HTMLButtonElement);
const confirm = byId("confirm-cancel", HTMLButtonElement);

let previewed: Previewed = { sender: null, orders: [] };
const updatePreview = attachPreview(preview, () => previewed);
goBack.addEventListener("click", () => dialog.close());
confirm.addEventListener("click", () => dialog.close("confirmed"));

export function isAsking(): boolean {
  return dialog.open;
}

/** @param leftOut duplicate and invalid lines */
export function askToCancel(asked: Asked[], sender: Sender, leftOut: string[] = []): Promise<boolean> {
  setText(byId("confirm-title", HTMLHeadingElement), t.question(asked.length));
  byId("confirm-facts", HTMLDivElement).replaceChildren(makeFacts(factsOf(asked, sender, leftOut)));
  const lines = asked.slice(0, LISTED).map(({ ref, order }) => (order ? describe(order) : refText(ref)));
  const more = asked.length - lines.length;
  byId("confirm-list", HTMLUListElement).replaceChildren(
    ...lines.map((line) => make("li", {}, line)),
    ...(more > 0 ? [make("li", {}, t.more(more))] : []),
  );
  setText(confirm, t.yes(asked.length));
  preview.open = false;
  previewed = { sender, orders: asked.map(({ ref }) => ref) };
  updatePreview();
  dialog.returnValue = "";
  dialog.showModal();
  // Focus the safe button, so that an accidental key press does not cancel orders.
  goBack.focus();
  return new Promise((resolve) => {
    const closed = () => {
      previewed = { sender: null, orders: [] };
      resolve(dialog.returnValue === "confirmed");
    };
    dialog.addEventListener("close", closed, { once: true });
  });
}

function factsOf(asked: Asked[], { place }: Sender, leftOut: string[]): [string, string][] {
  const known = asked.flatMap(({ order }) => order ?? []);
  const count = (side: string) => known.filter((order) => order.side === side).length;
  const requests = asked.length > MOST_ONE_BY_ONE ? asked.length / BY_IDS : asked.length;
  const facts: [string, string][] = [
    [t.facts.where, modeOf(place.region)],
    [t.facts.key, t.keyEnding(place.keyEnding)],
    [t.facts.markets, marketsOf(known, 4)],
    [t.facts.sides, t.buysAndSells(count("bid"), count("ask"), asked.length - known.length)],
    [t.facts.holds, holdingsOf(known, 4)],
    [t.facts.time, t.aboutTime(duration(requests * MS_PER_REQUEST))],
    [t.facts.leftOut, leftOut.join(" · ")],
  ];
  return facts.filter(([, text]) => text !== "");
}
