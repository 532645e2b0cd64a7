// The types of orders and of their behavior on the practice exchange.

/** An order as Upbit sends it. Amounts are decimal strings. */
export interface Order {
  uuid: string;
  side: string;
  ord_type: string;
  price?: string;
  /** wait and watch are open, done and cancel have ended */
  state: string;
  market: string;
  /** UTC, without an offset */
  created_at: string;
  volume?: string;
  remaining_volume: string;
  executed_volume: string;
  reserved_fee: string;
  remaining_fee: string;
  paid_fee: string;
  locked: string;
  time_in_force?: string;
  identifier?: string;
  smp_type?: string;
  prevented_volume: string;
  prevented_locked: string;
  trades_count: number;
}

export type PartialOrder = Partial<Order>;

/** Effects of a cancellation, other than ending the order at once. */
export interface Effects {
  /** The cancellation is accepted, and takes effect this many milliseconds later on the exchange's clock. */
  effectAfterMs?: number;
  /** Before the cancellation takes effect, the order fills: completely, so that it ends as `done`, or half of it. */
  fills?: "all" | "part";
  /** The cancellation is refused with this status and `error.name`; a cancellation of several orders lists it as failed. */
  refused?: { status: number; name: string };
}

/** The behavior of an order. */
export interface Behavior extends Effects {
  /** false: the order is not in lists and not affected by "cancel all open orders"; default true */
  listed?: boolean;
}
