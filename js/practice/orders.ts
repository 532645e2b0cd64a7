// The orders of an exchange and their states.
import { randomUUID } from "node:crypto";
import { madeUpOrder } from "./made-up-orders.ts";
import type { Behavior, Effects, Order, PartialOrder } from "./order.ts";
import { earlierTrades, type Trade, trade } from "./trading.ts";

interface Tracked {
  order: Order;
  /** the order before its last change */
  before: Order;
  trades: Trade[] | null;
  behavior: Behavior;
  /** an accepted cancellation that has not taken effect yet */
  pending: { at: number; fills: Effects["fills"] } | null;
  canceled: boolean;
}

export class Orders {
  readonly #records = new Map<string, Tracked>();
  /** identifier to uuid */
  readonly #uuids = new Map<string, string>();
  readonly #now: () => number;
  #made = 0;

  constructor(initial: readonly PartialOrder[] = [], now: () => number = () => performance.now()) {
    this.#now = now;
    for (const order of initial) this.add(order);
  }

  /**
   * Adds an order, open by default. Without `ord_type`, missing fields are those of a generated limit order, a bid by default.
   * uuid and identifier must be new.
   */
  add(fields: PartialOrder = {}, behavior: Behavior = {}): Order {
    const madeUp = fields.ord_type === undefined ? madeUpOrder(this.#made++, fields.side ?? "bid") : {};
    const order = Object.freeze(complete({ ...madeUp, ...fields }));
    const { uuid, identifier } = order;
    if (this.#records.has(key(uuid))) throw new Error(`The uuid ${uuid} has already been used`);
    if (identifier !== undefined && this.#uuids.has(identifier)) {
      throw new Error(`The identifier ${identifier} has already been used`);
    }
    if (identifier !== undefined) this.#uuids.set(identifier, uuid);
    const record = { order, before: order, trades: null, behavior, pending: null, canceled: false };
    this.#records.set(key(uuid), record);
    return order;
  }

  /** Adds many different limit orders with new uuids, bids and asks in turn. */
  addMany(count: number): Order[] {
    return Array.from({ length: count }, () => this.add({ side: this.#made % 2 === 0 ? "bid" : "ask" }));
  }

  /** Open orders, in the order in which they were added. */
  open(): Order[] {
    return this.listed().filter(isOpen);
  }

  /** All listed orders in any state, in the order in which they were added. */
  listed(): Order[] {
    const records = [...this.#records.values()].filter(({ behavior }) => behavior.listed !== false);
    return records.map((record) => this.#upToDate(record).order);
  }

  isOpen(uuid: string): boolean {
    const order = this.find(uuid);
    return order !== null && isOpen(order);
  }

  /** How often a cancellation took effect: 0 or 1. */
  cancelCount(uuid: string): number {
    return this.#record(uuid)?.canceled ? 1 : 0;
  }

  uuidOf(identifier: string): string | null {
    return this.#uuids.get(identifier) ?? null;
  }

  /** The order in its current state. */
  find(uuid: string): Order | null {
    return this.#record(uuid)?.order ?? null;
  }

  /** The order before its last change. */
  before(uuid: string): Order | null {
    return this.#record(uuid)?.before ?? null;
  }

  trades(uuid: string): Trade[] {
    const record = this.#record(uuid);
    return record === null ? [] : tradesOf(record);
  }

  behavior(uuid: string): Behavior {
    return this.#record(uuid)?.behavior ?? {};
  }

  /** Fills an open order, or half of its remaining volume. */
  fill(uuid: string, part: "all" | "part" = "all"): Order {
    const record = this.#record(uuid);
    if (record === null || !isOpen(record.order)) throw new Error(`No open order has the uuid ${uuid}`);
    return fill(record, part);
  }

  /**
   * Cancels an order, at once or as `effects` say. Of several cancellations the first that was accepted counts.
   * Returns the order as it was, null if it is not open.
   */
  cancel(uuid: string, { effectAfterMs = 0, fills }: Effects = {}): Order | null {
    const record = this.#record(uuid);
    if (record === null || !isOpen(record.order)) return null;
    const { order } = record;
    record.pending ??= { at: this.#now() + effectAfterMs, fills };
    this.#upToDate(record);
    return order;
  }

  #record(uuid: string): Tracked | null {
    const record = this.#records.get(key(uuid));
    return record === undefined ? null : this.#upToDate(record);
  }

  /** Applies a pending cancellation when it is due. */
  #upToDate(record: Tracked): Tracked {
    const { pending } = record;
    if (pending === null || this.#now() < pending.at) return record;
    record.pending = null;
    if (pending.fills !== undefined && isOpen(record.order)) fill(record, pending.fills);
    if (!isOpen(record.order)) return record;
    change(record, { ...record.order, state: "cancel" });
    record.canceled = true;
    return record;
  }
}

export function isOpen({ state }: Order): boolean {
  return state === "wait" || state === "watch";
}

function fill(record: Tracked, part: "all" | "part"): Order {
  const trades = tradesOf(record);
  const traded = trade(record.order, part);
  record.trades = [...trades, traded.trade];
  return change(record, traded.order);
}

function tradesOf(record: Tracked): Trade[] {
  record.trades ??= earlierTrades(record.order);
  return record.trades;
}

function change(record: Tracked, order: Order): Order {
  record.before = record.order;
  record.order = Object.freeze(order);
  return order;
}

/** UUIDs are case-insensitive. */
function key(uuid: string) {
  return uuid.toLowerCase();
}

/** Completes the fields, in the order in which Upbit sends them. */
function complete({ price, volume, time_in_force, identifier, smp_type, ...fields }: PartialOrder): Order {
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
