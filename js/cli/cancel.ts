// `upbit-cancel-order UUID...`
import type { BatchOptions, ClientOptions, OrderRef, OrderSummary, UpbitClient } from "upbit-cancel-order";
import type { Arguments } from "./arguments.ts";
import { accountFrom, refuseSecretIn } from "./environment.ts";
import { ordersFrom } from "./order-sources.ts";
import { counted } from "./order-text.ts";
import type { Output } from "./output.ts";
import { Report } from "./report.ts";
import { Stop } from "./stop.ts";
import { escaped, jsonText } from "./terminal-text.ts";

/** More orders than this are canceled by id, 20 per request. */
const MOST_ONE_BY_ONE = 30;

export async function cancel(args: Arguments, output: Output): Promise<number> {
  const { orders, duplicates } = ordersFrom(args);
  const options = accountFrom(args, process.env);
  const confirmMs = args.milliseconds("confirm") ?? 0;
  refuseSecretIn(
    orders.map(({ identifier = "" }) => identifier),
    options.secretKey,
  );
  if (duplicates > 0) output.note(`Skipped ${counted(duplicates, "duplicate order")}`);
  const [each, json] = [args.has("each"), args.has("json")];
  if (args.has("dry-run")) return output.text(await previewText(orders, options, each, json));
  const { UpbitClient } = await import("upbit-cancel-order");
  const client = new UpbitClient(options);
  const report = new Report(orders, { json, output, inTurn: true });
  const stop = new Stop(client, report, output);
  const results = await cancelThese(client, orders, each, {
    signal: stop.signal,
    confirmMs,
    onProgress: (progress) => report.progress(progress),
  });
  const allCanceled = await report.end(results);
  return stop.status ?? (allCanceled ? 0 : 1);
}

/** Cancels a few orders one by one, which returns all fields; many by id, which is faster. */
export function cancelThese(
  client: UpbitClient,
  orders: OrderRef[],
  each: boolean,
  options: BatchOptions<OrderSummary>,
) {
  return byIds(orders, each) ? client.cancelByIds(orders, options) : client.cancelOrders(orders, options);
}

function byIds(orders: OrderRef[], each: boolean): boolean {
  return orders.length > MOST_ONE_BY_ONE && !each;
}

/** The output of `--dry-run`. */
async function previewText(
  orders: OrderRef[],
  options: ClientOptions,
  each: boolean,
  json: boolean,
): Promise<string> {
  const { previewRequest } = await import("upbit-cancel-order");
  if (byIds(orders, each)) {
    const previews = await previewRequest(orders, options);
    return `${previews.map((preview) => (json ? jsonText(preview) : previewLines(preview))).join("\n")}\n`;
  }
  const previews = orders.map(async (request) => {
    const preview = await previewRequest(request, options);
    return json ? jsonText({ request, ...preview }) : previewLines(preview);
  });
  return `${(await Promise.all(previews)).join("\n")}\n`;
}

function previewLines({ method, url, claims }: { method: string; url: string; claims: object }): string {
  const lines = Object.entries(claims).map(([name, value]) => `    ${name.padEnd(14)}  ${escaped(value)}`);
  return [`${method} ${escaped(url)}`, ...lines].join("\n");
}
