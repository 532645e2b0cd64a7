// DOM functions: find elements, create them, announce text. Never interprets text as HTML.

export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} #${id}`);
  return element;
}

/** @param children null is skipped */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Creates a description list. */
export function makeFacts(pairs: [term: string, text: string][], more = ""): HTMLDListElement {
  const items = pairs.flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]);
  return make("dl", { class: `facts ${more}` }, ...items);
}

/** Sets a text only if it changes, so that screen readers do not repeat it. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Announces a text to screen readers. */
export function announce(text: string): void {
  setText(byId("announcer", HTMLParagraphElement), text);
}

/** From this number of rows on, rows outside the viewport are not laid out. */
const MANY = 500;

export function markIfMany(table: HTMLElement, rows: number): void {
  table.classList.toggle("many", rows > MANY);
}

/** Number of items that even a slow computer processes in less than 50 ms. */
const SLICE = 100;

/** Processes many items in slices, and yields to the page in between. */
export async function inSlices<T>(items: readonly T[], work: (slice: readonly T[]) => void): Promise<void> {
  for (let from = 0; from < items.length; from += SLICE) {
    if (from > 0) await new Promise((resolve) => setTimeout(resolve));
    work(items.slice(from, from + SLICE));
  }
}
