// The request preview: method, URL and token claims. Sends nothing.
import { HOSTS, type Sender } from "./account.ts";
import { make, makeFacts } from "./dom.ts";
import { onLanguage, t } from "./language.ts";
import { MOST_ONE_BY_ONE } from "./runner.ts";
import { type OrderRef, previewRequest } from "./upbit-cancel-order.js";

export interface Previewed {
  sender: Sender | null;
  /** The first request for these is shown. */
  orders: OrderRef[];
}

/** @returns a function to call when the preview may have changed */
export function attachPreview(details: HTMLDetailsElement, read: () => Previewed): () => void {
  const body = details.querySelector(".preview-body");
  const update = async () => {
    if (!details.open) return;
    const { sender, orders } = read();
    const note = (text: string) => make("p", { class: "note" }, text);
    const isComplete = sender !== null && orders.length > 0;
    const shown = isComplete ? await show(sender, orders).catch(() => [note(t.reasons.not_a_uuid[0])]) : null;
    body?.replaceChildren(...(shown ?? [note(t.previewIncomplete)]));
  };
  details.addEventListener("toggle", update);
  onLanguage(update);
  return () => void update();
}

async function show({ place, options }: Sender, orders: OrderRef[]): Promise<HTMLElement[]> {
  const { method, url, claims } = await first(orders, options);
  const { pathname, search } = new URL(url);
  const path = pathname.replace(/^\/relay\/\w+/, "");
  return [
    makeFacts([
      [t.previewRequest, `${method} ${url}`],
      [t.previewPassedOn, `${HOSTS[place.region]}${path}${search}`],
    ]),
    make("p", { class: "preview-title" }, t.previewToken),
    makeFacts(Object.entries(claims)),
    make("p", { class: "note" }, t.previewNote),
  ];
}

async function first(orders: OrderRef[], options: Sender["options"]) {
  const [order = {}] = orders;
  if (orders.length <= MOST_ONE_BY_ONE) return previewRequest(order, options);
  const [request] = await previewRequest(orders, options);
  return request ?? previewRequest(order, options);
}
