// The input of an endpoint, after the caller has been verified.
import type { Fault } from "./faults.ts";
import type { Orders } from "./orders.ts";
import type { Params } from "./query.ts";

/** Behavior that Upbit does not document. Can be changed while the exchange runs. */
export interface Switches {
  /** where a cancellation by id lists an unknown id; default "failed" */
  unknownIds: "failed" | "left-out";
}

export interface Call {
  params: Params;
  orders: Orders;
  fault: Fault;
  switches: Switches;
}
