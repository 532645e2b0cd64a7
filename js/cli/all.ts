// `all`: cancels all open orders that match a filter, and checks that none is left.
import type {
  CancelAllResult,
  CancelFilter,
  CancelResult,
  Order,
  OrderSummary,
  UpbitClient,
} from "upbit-cancel-order";
import { orderName } from "../order-lines.ts";
import type { Arguments } from "./arguments.ts";
import { cancelThese } from "./cancel.ts";
import { accountFrom } from "./environment.ts";
import { errorText, isUpbitError, UsageError } from "./failure.ts";
import { holdingsTable } from "./holdings.ts";
import { isScheduled, linesOf, withProgress } from "./list-and-status.ts";
import { cancelFilterFrom, filterText, marketsText } from "./order-filter.ts";
import { counted, orderTable } from "./order-text.ts";
import type { Output } from "./output.ts";
import { Report } from "./report.ts";
import { Stop } from "./stop.ts";

type Results = CancelResult<OrderSummary>[];

export async function all(args: Arguments, output: Output): Promise<number> {
  args.refuseOperands();
  const filter = cancelFilterFrom(args);
  const options = accountFrom(args, process.env);
  const confirmMs = args.milliseconds("confirm") ?? 0;
  const [json, dryRun, ask] = [args.has("json"), args.has("dry-run"), !args.has("yes")];
  if (ask && !dryRun && !output.canAsk) {
    throw new UsageError(
      "Cannot ask for confirmation without a terminal: nothing was sent",
      "Use --yes to skip the question.",
    );
  }
  const { UpbitClient } = await import("upbit-cancel-order");
  const client = new UpbitClient(options);
  const { everything, ...which } = filter;
  const open = await withProgress(client.listOpenOrders(which), "Listing open orders", output);
  if (open.length === 0) return reportNoMatch(client, filter, output);
  if (dryRun || ask) output.note(holdingsTable(open).join("\n"));
  if (dryRun) {
    output.note(`Would cancel ${counted(open.length, "order")}. Nothing was canceled.`);
    return output.text(linesOf(open, json, output, isScheduled));
  }
  if (ask && !(await confirmed(open.length))) {
    output.note("Nothing was canceled.");
    return 1;
  }
  return cancelAll(client, filter, open, { json, confirmMs }, output);
}

async function reportNoMatch(client: UpbitClient, filter: CancelFilter, output: Output): Promise<number> {
  const none = `No open ${filterText(filter)}`;
  output.note(filter.everything ? none : `${none}. ${marketsText(await client.listOpenOrders({}))}`);
  return 0;
}

/** Asks for the number, because 'y' is typed too easily. */
async function confirmed(count: number): Promise<boolean> {
  process.stderr.write(`Type ${count} to cancel ${counted(count, "order")}, anything else to keep them: `);
  process.stdin.setEncoding("utf8");
  let answer = "";
  for await (const text of process.stdin) {
    answer += text;
    if (answer.includes("\n")) break;
  }
  return answer.trim() === String(count);
}

/** Cancels the listed orders, and then all orders that still match, until a list is empty. */
async function cancelAll(
  client: UpbitClient,
  filter: CancelFilter,
  open: Order[],
  { json, confirmMs }: { json: boolean; confirmMs: number },
  output: Output,
): Promise<number> {
  const listed = new Map(open.map((order) => [orderName(order), order]));
  const known = (name: string) => listed.get(name);
  const requests = open.map(({ uuid }) => ({ uuid }));
  const report = new Report(requests, { json, output, inTurn: false, known });
  const stop = new Stop(client, report, output);
  const { signal } = stop;
  const call = { signal, confirmMs };
  const first = await cancelThese(client, requests, false, {
    ...call,
    onProgress: (p) => report.progress(p),
  });
  if (!stop.requested) report.waitFor("Checking for open orders");
  const rest = stop.requested ? null : await cancelRemaining(client, filter, call, first, open);
  const canceled = await report.end(merged(first, rest?.results ?? []));
  const empty = rest !== null && reportRemaining(rest, filter, output);
  return stop.status ?? (canceled && empty ? 0 : 1);
}

async function cancelRemaining(
  client: UpbitClient,
  filter: CancelFilter,
  call: { signal: AbortSignal; confirmMs: number },
  first: Results,
  open: Order[],
): Promise<CancelAllResult> {
  // Do not retry with a key that cannot cancel.
  const refused = first.every(
    (result) => !result.ok && (result.error.status === 401 || result.error.status === 403),
  );
  if (refused) return { results: [], remaining: open, error: null };
  try {
    return await client.cancelAllOrders(filter, call);
  } catch (error) {
    if (isUpbitError(error)) return { results: [], remaining: null, error };
    throw error;
  }
}

/** One result per order. A later result does not replace a successful one. */
function merged(first: Results, later: Results): Results {
  const byName = new Map(first.map((result) => [orderName(result.request), result]));
  for (const result of later) {
    const name = orderName(result.request);
    if (!byName.get(name)?.ok) byName.set(name, result);
  }
  return [...byName.values()];
}

/** @returns Whether the last list was empty. */
function reportRemaining(
  { remaining, error }: CancelAllResult,
  filter: CancelFilter,
  output: Output,
): boolean {
  if (remaining === null) {
    output.note(
      `Could not check whether ${filterText(filter)} are still open. ${error ? errorText(error) : ""}`,
    );
    return false;
  }
  if (remaining.length === 0) return true;
  const lines = orderTable(remaining, isScheduled);
  output.note([`${counted(remaining.length, "order")} still open:`, ...lines].join("\n"));
  return false;
}
