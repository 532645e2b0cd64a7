// The fields for region and keys. Keys are held only in these fields, and in a client while it works.
import { byId, make, setText } from "./dom.ts";
import { onLanguage, t } from "./language.ts";
import type { Place } from "./outcomes.ts";

export interface Keys {
  accessKey: string;
  secretKey: string;
}

/** Destination and keys of a request. */
export interface Sender {
  place: Place;
  /** Options for the package. */
  options: Keys & { baseUrl: string };
}

type Region = Place["region"];
type FieldName = keyof typeof t.missing;

/** The hosts that the relay forwards to. */
export const HOSTS: Readonly<Record<Region, string>> = {
  sg: "https://sg-api.upbit.com",
  id: "https://id-api.upbit.com",
  th: "https://th-api.upbit.com",
  kr: "https://api.upbit.com",
  practice: "the practice exchange",
};

const region = byId("region", HTMLSelectElement);
const accessKey = byId("access-key", HTMLInputElement);
const secretKey = byId("secret-key", HTMLInputElement);
const fields = { region, accessKey, secretKey };
const names = Object.keys(fields) as FieldName[];
const change = byId("change-account", HTMLButtonElement);

export class Account {
  readonly #practice: Keys | null;
  #region: Region | null = null;
  /** Called when region or keys change. */
  onChange: () => void = () => {};

  /** @param practice keys of the practice exchange, if there is one */
  constructor(practice: Keys | null) {
    this.#practice = practice;
    const choices = Object.keys(HOSTS).filter((name) => practice !== null || name !== "practice") as Region[];
    if (practice === null) region.append(make("option", { value: "" }));
    region.append(...choices.map((value) => make("option", { value })));
    region.value = practice === null ? "" : "practice";
    for (const name of names) {
      fields[name].addEventListener("input", () => {
        showProblem(name, null);
        this.#changed();
      });
    }
    byId("use-practice-keys", HTMLButtonElement).addEventListener("click", () => this.#usePracticeKeys());
    change.addEventListener("click", () => {
      this.fold(false);
      region.focus();
    });
    // Clear the keys, in case the browser restores the page from its back/forward cache.
    addEventListener("pagehide", () => {
      clearKeys();
      this.#changed();
    });
    onLanguage(() => this.#showWords());
    this.#changed();
  }

  /** Null while something is missing. */
  get sender(): Sender | null {
    const keys = { accessKey: accessKey.value.trim(), secretKey: secretKey.value.trim() };
    if (this.#region === null || keys.accessKey === "" || keys.secretKey === "") return null;
    return {
      place: { region: this.#region, keyEnding: keys.accessKey.slice(-4) },
      options: { ...keys, baseUrl: `${location.origin}/relay/${this.#region}` },
    };
  }

  /** Like `sender`, but shows which fields are missing. */
  demandSender(): Sender | null {
    const missing = names.filter((name) => fields[name].value.trim() === "");
    if (missing.length > 0) this.fold(false);
    for (const name of missing) showProblem(name, t.missing[name]);
    if (missing[0] !== undefined) fields[missing[0]].focus();
    return this.sender;
  }

  /** Hides the fields after the account has been used successfully. */
  fold(folded: boolean): void {
    byId("account", HTMLElement).hidden = folded;
    change.hidden = !folded;
  }

  #usePracticeKeys(): void {
    if (this.#practice === null) return;
    accessKey.value = this.#practice.accessKey;
    secretKey.value = this.#practice.secretKey;
    for (const name of names) showProblem(name, null);
    this.#changed();
  }

  #changed(): void {
    const before = this.#region;
    this.#region = (region.value || null) as Region | null;
    const leavesPractice = before === "practice" && accessKey.value === this.#practice?.accessKey;
    // Do not use real keys for practice, or practice keys for a real region.
    if (before !== null && before !== this.#region && (this.#region === "practice" || leavesPractice))
      clearKeys();
    this.fold(false);
    byId("use-practice-keys", HTMLButtonElement).hidden = this.#region !== "practice";
    this.#showMode();
    this.onChange();
  }

  /** Shows whether orders are real. */
  #showMode(): void {
    const mode = byId("mode", HTMLParagraphElement);
    mode.dataset.mode = this.#region === null ? "none" : this.#region === "practice" ? "practice" : "live";
    const sender = this.sender;
    const parts = [modeOf(this.#region), ...(sender === null ? [] : [t.key(sender.place.keyEnding)])];
    setText(mode, parts.join(" · "));
  }

  #showWords(): void {
    for (const option of region.options) {
      option.textContent = option.value === "" ? t.chooseRegion : t.regions[option.value as Region];
    }
    for (const name of names) if (!problemOf(name).hidden) showProblem(name, t.missing[name]);
    this.#showMode();
  }
}

/** `Singapore · real orders · key …1234` */
export function placeWords({ region, keyEnding }: Place): string {
  return `${modeOf(region)} · ${t.key(keyEnding)}`;
}

export function modeOf(region: Region | null): string {
  if (region === null) return t.noRegion;
  return region === "practice" ? t.practiceMode : t.liveMode(t.regions[region]);
}

function clearKeys(): void {
  accessKey.value = "";
  secretKey.value = "";
}

function problemOf(name: FieldName): HTMLElement {
  return byId(`${fields[name].id}-problem`, HTMLParagraphElement);
}

function showProblem(name: FieldName, problem: string | null): void {
  const place = problemOf(name);
  place.setAttribute("role", "alert");
  place.hidden = problem === null;
  setText(place, problem ?? "");
  if (problem === null) fields[name].removeAttribute("aria-invalid");
  else fields[name].setAttribute("aria-invalid", "true");
}
