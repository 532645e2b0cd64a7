// What an endpoint works with once the caller is known.
import type { Fault } from "./faults.ts";
import type { Orders } from "./orders.ts";
import type { Params } from "./query.ts";

/** What Upbit does not tell, and so both ways have to be tried. May be changed while the exchange runs. */
export interface Switches {
  /** where a cancellation by ids lists an id that it does not know; default "failed" */
  unknownIds: "failed" | "left-out";
}

/** What an endpoint works with. */
export interface Call {
  params: Params;
  orders: Orders;
  fault: Fault;
  switches: Switches;
}
