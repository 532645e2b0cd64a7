// The region and the keys. They are in these fields and in a client while it sends, and nowhere else.
import { byId, make } from "./dom.ts";
import { PRACTICE, REGIONS } from "./regions.ts";

/** @typedef {import("./regions.ts").RegionChoice} RegionChoice */
/** @typedef {import("./session.ts").Practice} Practice */

/**
 * Where to send, and for whom.
 * @typedef {object} Sender
 * @property {RegionChoice} region
 * @property {string} keyEnding the last four characters of the access key, to tell accounts apart
 * @property {{ accessKey: string, secretKey: string, baseUrl: string }} options for the package
 */

const region = byId("region", HTMLSelectElement);
const accessKey = byId("access-key", HTMLInputElement);
const secretKey = byId("secret-key", HTMLInputElement);

/** @type {[HTMLSelectElement | HTMLInputElement, string][]} */
const REQUIRED = [
  [region, "Choose the region that issued the keys."],
  [accessKey, "Enter the access key."],
  [secretKey, "Enter the secret key that was issued with it."],
];

export class Account {
  #choices;

  /**
   * @param {Practice | null} practice
   * @param {() => void} onChange
   */
  constructor(practice, onChange) {
    this.#choices = practice ? [PRACTICE, ...REGIONS] : REGIONS;
    region.append(
      ...(practice ? [] : [make("option", { value: "" }, "Choose a region")]),
      ...this.#choices.map(({ value, name }) => make("option", { value }, name)),
    );
    const changed = () => {
      showMode(this.region);
      onChange();
    };
    for (const [field] of REQUIRED) field.addEventListener("input", () => (clearProblem(field), changed()));
    if (practice) offerPracticeKeys(practice, changed);
    // A page that comes back out of the browser's memory must not bring the keys with it.
    addEventListener("pagehide", () => (accessKey.value = secretKey.value = ""));
    showMode(this.region);
  }

  /** @returns {RegionChoice | null} */
  get region() {
    return this.#choices.find(({ value }) => value === region.value) ?? null;
  }

  /** @returns {Sender | null} null while something is missing */
  get sender() {
    const [access, secret] = [accessKey.value.trim(), secretKey.value.trim()];
    if (this.region === null || access === "" || secret === "") return null;
    const baseUrl = `${location.origin}/relay/${this.region.value}`;
    const options = { accessKey: access, secretKey: secret, baseUrl };
    return { region: this.region, keyEnding: access.slice(-4), options };
  }

  /** As `sender`, but says at the fields what is missing. */
  demandSender() {
    const missing = REQUIRED.filter(([field]) => field.value.trim() === "");
    for (const [field, problem] of missing) showProblem(field, problem);
    missing[0]?.[0].focus();
    return this.sender;
  }
}

/**
 * @param {Practice} practice
 * @param {() => void} changed
 */
function offerPracticeKeys(practice, changed) {
  const button = byId("use-practice-keys", HTMLButtonElement);
  const show = () => (button.hidden = region.value !== PRACTICE.value);
  region.addEventListener("input", show);
  show();
  button.addEventListener("click", () => {
    accessKey.value = practice.accessKey;
    secretKey.value = practice.secretKey;
    for (const [field] of REQUIRED) clearProblem(field);
    changed();
  });
}

/**
 * Whether orders are real must be seen at one glance.
 * @param {RegionChoice | null} choice
 */
function showMode(choice) {
  const mode = byId("mode", HTMLParagraphElement);
  mode.dataset.mode = choice === null ? "none" : choice === PRACTICE ? "practice" : "live";
  mode.textContent =
    choice === null
      ? "No region chosen"
      : choice === PRACTICE
        ? "Practice: no real orders"
        : `${choice.name}: real orders`;
}

/** @param {HTMLElement} field */
function problemOf(field) {
  return byId(`${field.id}-problem`, HTMLParagraphElement);
}

/**
 * @param {HTMLElement} field
 * @param {string} problem
 */
function showProblem(field, problem) {
  const place = problemOf(field);
  place.setAttribute("role", "alert");
  place.textContent = problem;
  place.hidden = false;
  field.setAttribute("aria-invalid", "true");
}

/** @param {HTMLElement} field */
function clearProblem(field) {
  problemOf(field).hidden = true;
  field.removeAttribute("aria-invalid");
}
