// A `fetch` that answers at once, so that only what a client does around it is measured. Its answers are real
// ones: reading a body is a part of the work.

const order = {
  side: "bid",
  ord_type: "limit",
  price: "153559.00",
  state: "wait",
  market: "SGD-BTC",
  created_at: "2025-07-04T15:00:00",
  volume: "1.0",
  remaining_volume: "1.0",
  executed_volume: "0",
  reserved_fee: "383.8975",
  remaining_fee: "383.8975",
  paid_fee: "0",
  locked: "153942.8975",
  prevented_volume: "0",
  prevented_locked: "0",
  trades_count: 0,
};
const error = { error: { name: "order_not_found", message: "No open order has this uuid or identifier." } };

const headers = {
  "Content-Type": "application/json; charset=utf-8",
  "Remaining-Req": "group=default; min=1800; sec=29",
};
const rest = JSON.stringify(order).slice(1);
const errorText = JSON.stringify(error);

/** @param {number} status of all answers */
export function stubFetch(status) {
  globalThis.fetch = async (input) => {
    const [, uuid] = String(input).split("?uuid=");
    const text = status === 200 ? `{"uuid":"${uuid}",${rest}` : errorText;
    return new Response(text, { status, headers: { ...headers, "Content-Length": `${text.length}` } });
  };
}
