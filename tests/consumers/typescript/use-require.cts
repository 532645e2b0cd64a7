import upbit = require("upbit-cancel-order");

export function cancel(client: upbit.UpbitClient): Promise<upbit.CanceledOrder[]> {
  return client.cancelOrder({ identifier: "mine" });
}
