// What the page does with the document: find an element, make one, say something. Text stays text.

export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} #${id}`);
  return element;
}

/** @param children null: nothing */
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

/** A list of terms with what they stand for. */
export function makeFacts(pairs: [term: string, text: string][], more = ""): HTMLDListElement {
  const items = pairs.flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]);
  return make("dl", { class: `facts ${more}` }, ...items);
}

/** Only if it changes, so that nothing is said twice. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Says to screen readers what everyone else sees elsewhere. */
export function announce(text: string): void {
  setText(byId("announcer", HTMLParagraphElement), text);
}

/** Of so many rows, those that are out of sight are not laid out. */
const MANY = 500;

export function markIfMany(table: HTMLElement, rows: number): void {
  table.classList.toggle("many", rows > MANY);
}

/** So many items of ordinary work keep a slow computer busy for less than 50 ms. */
const SLICE = 100;

/** Does something to many items, and lets the page breathe in between. */
export async function inSlices<T>(items: readonly T[], work: (slice: readonly T[]) => void): Promise<void> {
  for (let from = 0; from < items.length; from += SLICE) {
    if (from > 0) await new Promise((resolve) => setTimeout(resolve));
    work(items.slice(from, from + SLICE));
  }
}
