// The entry point of the page.
import { Account, type Keys } from "./account.ts";
import { Activity, makeAlert, summaryOf, watchBudget } from "./activity.ts";
import { ById } from "./by-id.ts";
import { announce, byId } from "./dom.ts";
import { withoutSeparators } from "./formats.ts";
import { onLanguage, startLanguage, t } from "./language.ts";
import { OpenOrders } from "./open-orders.ts";
import { Results } from "./results.ts";
import { type Run, Runner } from "./runner.ts";
import { previewRequest } from "./upbit-cancel-order.js";

startLanguage();
const session: { practice: Keys | null } = await (await fetch("/session.json")).json();

const account = new Account(session.practice);
const runner = new Runner();
const openOrders = new OpenOrders(account, runner, () => byIdPart.open(true));
const byIdPart = new ById(account, runner);
runner.find = (ref) => openOrders.find(ref);
const results = new Results();
account.onChange = () => {
  openOrders.reset();
  byIdPart.update();
};
runner.watch(results);
runner.watch(new Activity(() => runner.stop()));
runner.watch(openOrders);
runner.watch({ finished: tellEnd });

byId("check-again", HTMLButtonElement).addEventListener("click", () => {
  const sender = runner.busy ? null : account.demandSender();
  if (sender !== null) void runner.check(results.unknown, sender);
});
document.addEventListener("copy", copyRaw);
watchBudget();
void tryToSign();
byId("own-address", HTMLSpanElement).textContent = location.host;

function tellEnd(run: Run): void {
  const summary = summaryOf(run.entries);
  announce(run.stopped ? t.stopped(summary) : t.finished(summary));
}

/** Copies amounts from the tables without thousands separators. */
function copyRaw(event: ClipboardEvent): void {
  const selection = getSelection();
  const isInTable = selection?.anchorNode?.parentElement?.closest("table") ?? null;
  if (selection === null || isInTable === null || event.target instanceof HTMLInputElement) return;
  event.clipboardData?.setData("text/plain", withoutSeparators(String(selection)));
  event.preventDefault();
}

/** Starts the wasm, to show a message before keys are entered if the browser forbids it. */
async function tryToSign(): Promise<void> {
  try {
    const keys = { accessKey: "none", secretKey: "none", baseUrl: location.origin };
    await previewRequest({ identifier: "none" }, keys);
  } catch {
    onLanguage(() => byId("start-problem", HTMLDivElement).replaceChildren(makeAlert("wasm")));
  }
}
