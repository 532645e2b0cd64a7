// The progress panel: progress, remaining time and Stop; at the end a summary with the reasons of failures.
import { placeWords } from "./account.ts";
import { byId, make, setText } from "./dom.ts";
import { clock, duration, groupBy } from "./formats.ts";
import { onLanguage, t } from "./language.ts";
import { type Entry, factsOf, type Outcome, type ReasonName } from "./outcomes.ts";
import type { Run } from "./runner.ts";

/** Shorter measurements are too imprecise for a rate. */
const MEASURED_MS = 700;
/** Upbit's limit for an account. */
const PER_SECOND = 30;

const panel = byId("activity", HTMLElement);
const title = byId("activity-title", HTMLHeadingElement);
const counts = byId("activity-counts", HTMLParagraphElement);
const bar = byId("progress", HTMLProgressElement);
const stop = byId("stop", HTMLButtonElement);
const reasons = byId("reasons", HTMLDivElement);

/** The order of the parts of the summary. */
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
    onLanguage(() => this.#show());
  }

  started(run: Run): void {
    this.#run = run;
    this.#since = performance.now();
    this.#ended = false;
    stop.removeAttribute("aria-disabled");
    reasons.replaceChildren();
    panel.hidden = false;
    this.#show();
    // Move the focus to Stop, unless the user is typing ids in the form.
    if (!document.activeElement?.closest("form")) stop.focus();
  }

  progressed(): void {
    this.#show();
  }

  finished(): void {
    this.#ended = true;
    // Do not lose the focus when the button is hidden.
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

/** `38 canceled · 2 filled first · 1 unknown` */
export function summaryOf(entries: readonly Entry[]): string {
  const count = (...wanted: Outcome[]) => entries.filter(({ outcome }) => wanted.includes(outcome)).length;
  return ORDER.map((outcome) => {
    const number = outcome === "canceled" ? count("canceled", "accepted") : count(outcome);
    return number === 0 ? null : t.summary[outcome](number);
  })
    .filter((part) => part !== null)
    .join(" · ");
}

/** One alert per reason; unknown outcomes come first. */
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

/** An alert with the reason of a failure and advice. */
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
 * Shows the remaining requests of the account from the last response. The relay sends them as Server-Timing, which the page can
 * read for requests that the package makes.
 */
export function watchBudget(): void {
  let last: { left: number; at: Date } | null = null;
  const show = () => {
    const words =
      last === null ? t.budgetFull(PER_SECOND) : t.budgetLeft(last.left, PER_SECOND, clock(last.at));
    setText(byId("budget-words", HTMLSpanElement), words);
    byId("budget", HTMLMeterElement).value = Math.min(last?.left ?? PER_SECOND, PER_SECOND);
  };
  onLanguage(show);
  new PerformanceObserver((list) => {
    const entries = list.getEntries() as PerformanceResourceTiming[];
    const timings = entries.flatMap(({ serverTiming }) => serverTiming ?? []);
    const timing = timings.findLast(({ name }) => name === "remaining-requests");
    if (timing === undefined) return;
    last = { left: Number(timing.description), at: new Date() };
    show();
  }).observe({ type: "resource", buffered: true });
}
