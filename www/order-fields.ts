// The fields of a canceled order, as Upbit sent them, under names for a person.

/** @typedef {import("./upbit-cancel-order.js").CanceledOrder} CanceledOrder */

/** In the order in which they are shown. @type {Readonly<Record<string, string>>} */
export const FIELD_NAMES = {
  uuid: "UUID",
  identifier: "Identifier",
  market: "Market",
  side: "Side",
  ord_type: "Order type",
  state: "State before",
  created_at: "Placed (UTC)",
  price: "Price",
  volume: "Volume",
  remaining_volume: "Remaining volume",
  executed_volume: "Executed volume",
  trades_count: "Trades",
  locked: "Locked",
  reserved_fee: "Reserved fee",
  remaining_fee: "Remaining fee",
  paid_fee: "Paid fee",
  time_in_force: "Time in force",
  smp_type: "Self-match prevention",
  prevented_volume: "Prevented volume",
  prevented_locked: "Prevented locked",
};

/** @type {Readonly<Record<string, string>>} */
const SIDES = { bid: "buy", ask: "sell" };

/**
 * @param {CanceledOrder} order
 * @returns {[string, string][]} the known fields that it has, then whatever else Upbit sent
 */
export function fieldsOf(order) {
  const known = Object.entries(FIELD_NAMES).filter(([field]) => order[field] !== undefined);
  const others = Object.keys(order).filter((field) => !(field in FIELD_NAMES));
  return [...known, ...others.map((field) => /** @type {const} */ ([field, field]))].map(([field, name]) => [
    name,
    textOf(order[field]),
  ]);
}

/**
 * What the order was, in one line. An answer may lack any field but the uuid.
 * @param {CanceledOrder} order
 */
export function describeOrder({ market, side, ord_type, price, remaining_volume }) {
  const amount = [remaining_volume, price].filter((part) => part !== undefined).join(" at ");
  const parts = [market, side && (SIDES[side] ?? side), ord_type, amount && `${amount}`];
  return parts.filter(Boolean).join(" · ");
}

/** @param {unknown} value */
export function textOf(value) {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
