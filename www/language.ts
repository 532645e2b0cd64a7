// The language of the page. Starts with the browser's language. The user's choice is kept in the URL fragment.
import { byId, setText } from "./dom.ts";
import { english, type Texts } from "./texts/english.ts";
import { korean } from "./texts/korean.ts";

const LANGUAGES: Readonly<Record<string, Texts>> = { en: english, ko: korean };

/** The texts of the current language. */
export let t: Texts = english;

const listeners: (() => void)[] = [];

/** Calls `listener` now and whenever the language changes. */
export function onLanguage(listener: () => void): void {
  listeners.push(listener);
  listener();
}

/** The locale for `Intl`: the browser's, if it has the current language. */
export function locale(): string {
  const { language } = navigator;
  return primary(language) === t.language ? language : t.language;
}

export function startLanguage(): void {
  const select = byId("language", HTMLSelectElement);
  const fragment = new URLSearchParams(location.hash.slice(1)).get("lang") ?? "";
  const wanted = [fragment, ...navigator.languages.map(primary)];
  select.value = wanted.find((name) => Object.hasOwn(LANGUAGES, name)) ?? "en";
  select.addEventListener("change", () => {
    history.replaceState(null, "", `#lang=${select.value}`);
    choose(select.value);
  });
  choose(select.value);
}

function choose(name: string): void {
  t = LANGUAGES[name] ?? english;
  document.documentElement.lang = t.language;
  document.title = t.page.title;
  const texts: Readonly<Record<string, string>> = t.page;
  for (const element of document.querySelectorAll<HTMLElement>("[data-text]")) {
    setText(element, texts[element.dataset.text ?? ""] ?? "");
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
    element.setAttribute("aria-label", texts[element.dataset.label ?? ""] ?? "");
  }
  for (const listener of listeners) listener();
}

function primary(tag: string): string {
  return tag.split("-")[0] ?? "";
}
