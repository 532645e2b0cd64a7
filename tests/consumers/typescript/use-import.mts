import type { CanceledOrder, UpbitClient } from "upbit-cancel-order";

export function cancel(client: UpbitClient): Promise<CanceledOrder[]> {
  return client.cancelOrder({ identifier: "mine" });
}
