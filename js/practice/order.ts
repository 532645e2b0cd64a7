// An order as Upbit sends it, and how one of the practice exchange behaves.

/** As Upbit sends it. Amounts are decimal text. */
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

/** What a cancellation does to an order, other than to end it at once. */
export interface Effects {
  /** The cancellation is accepted, and takes effect so many milliseconds later on the exchange's clock. */
  effectAfterMs?: number;
  /** Before the cancellation takes effect, the order fills: wholly, so that it ends as `done`, or half of it. */
  fills?: "all" | "part";
  /** The cancellation is refused with this status and `error.name`; one of several lists the order as failed. */
  refused?: { status: number; name: string };
}

/** How an order that is added behaves. */
export interface Behavior extends Effects {
  /** false: only a request that names the order meets it, no list and no "all open orders" does; default true */
  listed?: boolean;
}
