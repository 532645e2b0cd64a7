// `all`: cancels every open order of a filter, and shows that none is left.
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
import { awaited, isScheduled, linesOf } from "./look.ts";
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
  const [json, dryRun, asks] = [args.has("json"), args.has("dry-run"), !args.has("yes")];
  if (asks && !dryRun && !output.canAsk) {
    throw new UsageError(
      "There is no terminal to ask for the number of orders; nothing was sent",
      "Give --yes to cancel without being asked.",
    );
  }
  const { UpbitClient } = await import("upbit-cancel-order");
  const client = new UpbitClient(options);
  const { everything, ...which } = filter;
  const open = await awaited(client.listOpenOrders(which), "Listing open orders", output);
  if (open.length === 0) return tellNothing(client, filter, output);
  if (dryRun || asks) output.note(holdingsTable(open).join("\n"));
  if (dryRun) {
    output.note(`${counted(open.length, "order")} would be canceled; nothing was.`);
    return output.text(linesOf(open, json, output, isScheduled));
  }
  if (asks && !(await confirmed(open.length))) {
    output.note("Nothing was canceled.");
    return 1;
  }
  return cancelAll(client, filter, open, { json, confirmMs }, output);
}

async function tellNothing(client: UpbitClient, filter: CancelFilter, output: Output): Promise<number> {
  const none = `No open ${filterText(filter)}`;
  output.note(filter.everything ? none : `${none}. ${marketsText(await client.listOpenOrders({}))}`);
  return 0;
}

/** The number has to be typed: a 'y' is typed too easily. */
async function confirmed(count: number): Promise<boolean> {
  process.stderr.write(`Type ${count} to cancel ${counted(count, "order")}, anything else to leave them: `);
  process.stdin.setEncoding("utf8");
  let answer = "";
  for await (const text of process.stdin) {
    answer += text;
    if (answer.includes("\n")) break;
  }
  return answer.trim() === String(count);
}

/** Cancels what was listed, and then whatever the filter still names, until a list is empty. */
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
  if (!stop.begun) report.awaiting("Looking what is still open");
  const rest = stop.begun ? null : await sweep(client, filter, call, first, open);
  const canceled = await report.end(merged(first, rest?.results ?? []));
  const empty = rest !== null && tellRest(rest, filter, output);
  return stop.status ?? (canceled && empty ? 0 : 1);
}

async function sweep(
  client: UpbitClient,
  filter: CancelFilter,
  call: { signal: AbortSignal; confirmMs: number },
  first: Results,
  open: Order[],
): Promise<CancelAllResult> {
  // A key that may not cancel is not tried again and again.
  const refused = first.every(({ error }) => error?.status === 401 || error?.status === 403);
  if (refused) return { results: [], remaining: open, error: null };
  try {
    return await client.cancelAllOrders(filter, call);
  } catch (error) {
    if (isUpbitError(error)) return { results: [], remaining: null, error };
    throw error;
  }
}

/** One result for each order; what was canceled once is not told otherwise by what came later. */
function merged(first: Results, later: Results): Results {
  const byName = new Map(first.map((result) => [orderName(result.request), result]));
  for (const result of later) {
    const name = orderName(result.request);
    if (!byName.get(name)?.ok) byName.set(name, result);
  }
  return [...byName.values()];
}

/** @returns Whether the last list held none. */
function tellRest({ remaining, error }: CancelAllResult, filter: CancelFilter, output: Output): boolean {
  if (remaining === null) {
    output.note(
      `Whether any ${filterText(filter)} are still open is not known. ${error ? errorText(error) : ""}`,
    );
    return false;
  }
  if (remaining.length === 0) return true;
  const lines = orderTable(remaining, isScheduled);
  output.note([`${counted(remaining.length, "order")} still open:`, ...lines].join("\n"));
  return false;
}
