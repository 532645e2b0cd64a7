// Every export, as a user would type it; and, marked as such, what must not compile.
import {
  type BatchOptions,
  type CallOptions,
  type CanceledOrder,
  type CancelResult,
  type ClientOptions,
  cancelOrder,
  cancelOrders,
  type OrderRef,
  type Progress,
  previewRequest,
  type Region,
  type RequestPreview,
  UpbitClient,
  UpbitError,
} from "upbit-cancel-order";

const region: Region = "sg";
const keys = { accessKey: "a", secretKey: "s" };
const options: ClientOptions = { ...keys, region, algorithm: "HS512", timeoutMs: 1, maxRetries: 0 };
const call: CallOptions = { signal: new AbortController().signal };
const onProgress = (progress: Progress) => tell(progress.done, progress.total, progress.last.ok);
const batch: BatchOptions = { ...call, onProgress };
const order: OrderRef = { uuid: "cdd92199-2897-4e14-9448-f923320408ad" };

export async function use(): Promise<CanceledOrder[]> {
  const preview: RequestPreview = await previewRequest(order, options);
  tell(preview.method, preview.url, preview.claims.nonce);
  const client = new UpbitClient(options);
  const results: CancelResult[] = await client.cancelOrders(new Set([order, { identifier: "mine" }]), batch);
  for (const result of results) tell(result.ok ? result.order.uuid : result.error.outcome);
  for (const result of results) tell("error" in result ? result.error.outcome : result.order.uuid);
  tell(await cancelOrders([order], { ...options, ...batch }));
  client.close();
  try {
    return await cancelOrder(order, { ...options, ...call });
  } catch (error) {
    if (!(error instanceof UpbitError)) throw error;
    if (error.kind === "rate_limited") tell(error.retryAfterMs, error.status, error.attempts);
    tell(error.code, error.hint);
    throw error;
  }
}

export async function misuse(client: UpbitClient, error: UpbitError, canceled: CanceledOrder): Promise<void> {
  // @ts-expect-error no such region
  const elsewhere: Region = "us";
  // @ts-expect-error an order is an object
  await client.cancelOrder("cdd92199-2897-4e14-9448-f923320408ad");
  // @ts-expect-error a key is missing
  await cancelOrder(order, { accessKey: "a", region });
  // @ts-expect-error a promise has no fields of an order
  client.cancelOrder(order).uuid;
  // @ts-expect-error there is no such kind
  error.kind === "unknown";
  // @ts-expect-error the package alone makes its errors
  new UpbitError("message");
  // @ts-expect-error amounts are text
  const amount: number = canceled.remaining_volume;
  tell(elsewhere, amount);
}

declare function tell(...facts: unknown[]): void;
