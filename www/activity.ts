// What the page is doing: how far it is, how long it will take, Stop; and at the end what came of it, by reason.
import { placeWords } from "./account.ts";
import { byId, make, setText } from "./dom.ts";
import { clock, duration, groupBy } from "./formats.ts";
import { inEachLanguage, t } from "./language.ts";
import { type Entry, factsOf, type Outcome, type ReasonName } from "./outcomes.ts";
import type { Run } from "./runner.ts";

/** A rate measured over less than this says little. */
const MEASURED_MS = 700;
/** Upbit's limit for an account. */
const PER_SECOND = 30;

const panel = byId("activity", HTMLElement);
const title = byId("activity-title", HTMLHeadingElement);
const counts = byId("activity-counts", HTMLParagraphElement);
const bar = byId("progress", HTMLProgressElement);
const stop = byId("stop", HTMLButtonElement);
const reasons = byId("reasons", HTMLDivElement);

/** In which they are told: the most alarming first. */
const ORDER: readonly (keyof typeof t.summary)[] = [
  "canceled",
  "filled",
  "still_open",
  "not_canceled",
  "unknown",
  "not_sent",
];

export class Activity {
  #run: Run | null = null;
  #since = 0;
  #ended = false;

  constructor(onStop: () => void) {
    stop.addEventListener("click", () => {
      stop.setAttribute("aria-disabled", "true");
      setText(title, t.stopping);
      onStop();
    });
    inEachLanguage(() => this.#show());
  }

  started(run: Run): void {
    this.#run = run;
    this.#since = performance.now();
    this.#ended = false;
    stop.removeAttribute("aria-disabled");
    reasons.replaceChildren();
    panel.hidden = false;
    this.#show();
    // What asked is gone or does nothing now, but who types an id may go on with the next.
    if (!document.activeElement?.closest("form")) stop.focus();
  }

  progressed(): void {
    this.#show();
  }

  finished(): void {
    this.#ended = true;
    // A button that vanishes must not take the focus with it.
    if (document.activeElement === stop) byId("results-heading", HTMLHeadingElement).focus();
    this.#show();
    panel.scrollIntoView({ block: "nearest" });
  }

  #show(): void {
    const run = this.#run;
    if (run === null) return;
    const where = placeWords(run.place);
    const summary = summaryOf(run.entries);
    panel.dataset.state = this.#ended ? "done" : "running";
    bar.max = Math.max(1, run.total);
    bar.value = run.entries.length;
    stop.hidden = this.#ended;
    if (this.#ended) {
      setText(title, run.stopped ? t.stopped(summary) : t.finished(summary));
      setText(counts, where);
      reasons.replaceChildren(...reasonsOf(run.entries));
    } else {
      const words = run.kind === "check" ? t.checking : t.canceling;
      if (!run.stopped) setText(title, words(run.total, where));
      const parts = [t.doneOf(run.entries.length, run.total), summary, this.#timeLeft(run)];
      setText(counts, parts.filter(Boolean).join(" · "));
    }
  }

  #timeLeft({ entries, total }: Run): string {
    const passed = performance.now() - this.#since;
    if (entries.length === 0 || entries.length === total || passed < MEASURED_MS) return "";
    return t.timeLeft(duration((passed / entries.length) * (total - entries.length)));
  }
}

/** `38 canceled · 2 filled first · 1 not known` */
export function summaryOf(entries: readonly Entry[]): string {
  const count = (...wanted: Outcome[]) => entries.filter(({ outcome }) => wanted.includes(outcome)).length;
  return ORDER.map((outcome) => {
    const number = outcome === "canceled" ? count("canceled", "accepted") : count(outcome);
    return number === 0 ? null : t.summary[outcome](number);
  })
    .filter((part) => part !== null)
    .join(" · ");
}

/** Orders that failed for the same reason are told of once; what is not known comes first. */
function reasonsOf(entries: readonly Entry[]): HTMLElement[] {
  const failed = entries.filter(({ reason }) => reason !== null);
  const groups = groupBy(failed, ({ outcome, reason }) => `${outcome} ${reason}`);
  const rank = ([entry]: Entry[]) => (entry?.outcome === "unknown" ? 0 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b)).map(makeReason);
}

function makeReason(group: Entry[]): HTMLElement {
  const { outcome, reason, error } = group[0] as Entry;
  const name = outcome as keyof typeof t.summary;
  const facts = error === null ? "" : factsOf(error);
  return makeAlert(reason as ReasonName, { outcome, title: t.summary[name](group.length), facts });
}

/** Why something failed, in words. */
export function makeAlert(
  reason: ReasonName,
  more: { outcome?: string; title?: string; facts?: string } = {},
): HTMLElement {
  const [why, advice] = t.reasons[reason];
  return make(
    "div",
    { class: "alert", role: "alert", "data-outcome": more.outcome ?? "not_canceled", "data-reason": reason },
    more.title === undefined ? null : make("p", { class: "alert-title" }, more.title),
    make("p", { class: "why" }, why),
    make("p", { class: "advice" }, advice),
    more.facts ? make("p", { class: "error-facts code" }, more.facts) : null,
  );
}

/**
 * How many requests the account has left, as the exchange told in its last answer. The relay repeats it in
 * Server-Timing, where a page can read it of requests that it did not make itself.
 */
export function watchBudget(): void {
  let told: { left: number; at: Date } | null = null;
  const show = () => {
    const words =
      told === null ? t.budgetFull(PER_SECOND) : t.budgetLeft(told.left, PER_SECOND, clock(told.at));
    setText(byId("budget-words", HTMLSpanElement), words);
    byId("budget", HTMLMeterElement).value = Math.min(told?.left ?? PER_SECOND, PER_SECOND);
  };
  inEachLanguage(show);
  new PerformanceObserver((list) => {
    const entries = list.getEntries() as PerformanceResourceTiming[];
    const timings = entries.flatMap(({ serverTiming }) => serverTiming ?? []);
    const last = timings.findLast(({ name }) => name === "remaining-requests");
    if (last === undefined) return;
    told = { left: Number(last.description), at: new Date() };
    show();
  }).observe({ type: "resource", buffered: true });
}
