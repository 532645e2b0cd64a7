// The set of open orders.
import { randomUUID } from "node:crypto";
import { INITIAL_ORDERS } from "./initial-orders.ts";

/**
 * An open order. Amounts are decimal text.
 * @typedef {object} Order
 * @property {string} uuid
 * @property {string} side
 * @property {string} ord_type
 * @property {string} [price]
 * @property {string} state
 * @property {string} market
 * @property {string} created_at UTC, without an offset
 * @property {string} [volume]
 * @property {string} remaining_volume
 * @property {string} executed_volume
 * @property {string} reserved_fee
 * @property {string} remaining_fee
 * @property {string} paid_fee
 * @property {string} locked
 * @property {string} [time_in_force]
 * @property {string} [identifier]
 * @property {string} [smp_type]
 * @property {string} prevented_volume
 * @property {string} prevented_locked
 * @property {number} trades_count
 */

/** @typedef {Partial<Order>} PartialOrder */

const MARKETS = ["SGD-BTC", "SGD-ETH", "SGD-XRP", "IDR-BTC", "THB-ETH"];

/** The open orders of one exchange, and what became of the others. */
export class Orders {
  /** @type {Map<string, Order>} */
  #open = new Map();
  /** @type {Map<string, string>} identifier to uuid, for every order there ever was */
  #uuids = new Map();
  /** @type {Set<string>} */
  #canceled = new Set();
  #made = 0;

  /** @param {PartialOrder[]} [initial] */
  constructor(initial = INITIAL_ORDERS) {
    for (const order of initial) this.add(order);
  }

  /** @returns {Order[]} what is still open, in the order in which it was added */
  open() {
    return [...this.#open.values()];
  }

  /**
   * Adds an open order. Without an `ord_type`, what is not given is that of a made-up limit order (a bid
   * unless `side` says otherwise). uuid and identifier must never have been used before.
   * @param {PartialOrder} [fields]
   * @returns {Order}
   */
  add(fields = {}) {
    const madeUp = fields.ord_type === undefined ? limitOrder(this.#made++, fields.side ?? "bid") : {};
    const order = Object.freeze(complete({ ...madeUp, ...fields }));
    const { identifier } = order;
    if (this.#open.has(key(order.uuid)) || this.#canceled.has(key(order.uuid))) {
      throw new Error(`There has been an order with the uuid ${order.uuid}`);
    }
    if (identifier !== undefined && this.#uuids.has(identifier)) {
      throw new Error(`There has been an order with the identifier ${identifier}`);
    }
    if (identifier !== undefined) this.#uuids.set(identifier, order.uuid);
    this.#open.set(key(order.uuid), order);
    return order;
  }

  /**
   * Adds many different limit orders with new uuids, bids and asks in turn.
   * @param {number} count
   * @returns {Order[]}
   */
  addMany(count) {
    return Array.from({ length: count }, () => this.add({ side: this.#made % 2 === 0 ? "bid" : "ask" }));
  }

  /** @param {string} uuid */
  isOpen(uuid) {
    return this.#open.has(key(uuid));
  }

  /**
   * @param {string} uuid
   * @returns {number} how many times a cancel took effect: 0 or 1
   */
  cancelCount(uuid) {
    return this.#canceled.has(key(uuid)) ? 1 : 0;
  }

  /**
   * @param {string} identifier
   * @returns {string | null}
   */
  uuidOf(identifier) {
    return this.#uuids.get(identifier) ?? null;
  }

  /**
   * @param {string} uuid
   * @returns {Order | null} the order as it was, null if it is not open
   */
  cancel(uuid) {
    const order = this.#open.get(key(uuid));
    if (order === undefined) return null;
    this.#open.delete(key(uuid));
    this.#canceled.add(key(uuid));
    return order;
  }
}

/**
 * A UUID is a number: the case of its hexadecimal digits means nothing.
 * @param {string} uuid
 */
function key(uuid) {
  return uuid.toLowerCase();
}

/**
 * The fields in the sequence in which Upbit sends them.
 * @param {PartialOrder} fields
 * @returns {Order}
 */
function complete({ price, volume, time_in_force, identifier, smp_type, ...fields }) {
  return {
    uuid: fields.uuid ?? randomUUID(),
    side: fields.side ?? "bid",
    ord_type: fields.ord_type ?? "limit",
    ...(price !== undefined && { price }),
    state: fields.state ?? "wait",
    market: fields.market ?? "SGD-BTC",
    created_at: fields.created_at ?? "2025-07-04T15:00:00",
    ...(volume !== undefined && { volume }),
    remaining_volume: fields.remaining_volume ?? volume ?? "0",
    executed_volume: fields.executed_volume ?? "0",
    reserved_fee: fields.reserved_fee ?? "0",
    remaining_fee: fields.remaining_fee ?? "0",
    paid_fee: fields.paid_fee ?? "0",
    locked: fields.locked ?? "0",
    ...(time_in_force !== undefined && { time_in_force }),
    ...(identifier !== undefined && { identifier }),
    ...(smp_type !== undefined && { smp_type }),
    prevented_volume: fields.prevented_volume ?? "0",
    prevented_locked: fields.prevented_locked ?? "0",
    trades_count: fields.trades_count ?? 0,
  };
}

/**
 * Prices are multiples of 400, so that a fee of 0.25 % is exact without decimal arithmetic.
 * @param {number} index
 * @param {string} side
 * @returns {PartialOrder}
 */
function limitOrder(index, side) {
  const fee = 10 + (index % 400);
  const created_at = new Date(Date.UTC(2025, 6, 5) + index * 1000).toISOString().slice(0, 19);
  const market = MARKETS[index % MARKETS.length] ?? "SGD-BTC";
  const order = { market, side, price: `${fee * 400}.00`, volume: "1.0", created_at };
  if (side === "ask") return { ...order, locked: "1.0" };
  return { ...order, reserved_fee: `${fee}`, remaining_fee: `${fee}`, locked: `${fee * 401}` };
}
