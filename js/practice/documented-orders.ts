// The initial orders of an exchange. Their uuids are fixed, so that the documentation can use them.
import type { Fault } from "./faults.ts";
import type { Behavior, PartialOrder } from "./order.ts";
import { withSums } from "./trading.ts";

/** The initial open orders, newest first. The first is the example of Upbit's page on canceling an order. */
export const INITIAL_ORDERS: readonly PartialOrder[] = [
  bid("cdd92199-2897-4e14-9448-f923320408ad", "SGD-BTC", "07-04T15:00:00", "limit", "153559.00", "1.0"),
  ask("43685861-3d4b-4ec3-9913-21edd73bc256", "SGD-ETH", "07-04T14:58:12", "limit", "4555.50", "3.5", {
    executed_volume: "1.2",
    identifier: "practice-ask-1",
    trades_count: 2,
  }),
  bid("8c2054ed-9f63-4fdc-bb0b-1a7fbbb12e9b", "SGD-XRP", "07-04T14:41:30", "limit", "3.95", "2500", {
    time_in_force: "post_only",
    identifier: "rebalance/2025-07:ETH+XRP",
  }),
  bid("19a59dcb-9f8f-4a40-abe6-ddbc53907a0b", "IDR-BTC", "07-04T13:20:05", "limit", "1740000000", "0.015"),
  ask("b8d058cf-4e05-4fbf-a4f7-347abf3c0df6", "THB-BTC", "07-04T12:02:44", "limit", "3980000.00", "0.05", {
    state: "watch",
  }),
  bid("3b898d4f-b4df-44f9-887b-4cc5e7c22c85", "SGD-SOL", "07-04T11:47:59", "price", "500"),
  ask("fdd61db0-2ed0-411e-86fd-a4723c5fa863", "SGD-DOGE", "07-04T11:30:00", "market", undefined, "12000"),
  bid("39f9f91d-3d59-459e-b381-e10437a98cb0", "SGD-ADA", "07-04T10:15:21", "best", "1200", undefined, {
    time_in_force: "ioc",
  }),
  ask("3735b1f9-9029-4235-9b4c-0a265a19ec53", "SGD-ETH", "07-04T09:08:07", "best", undefined, "0.75", {
    time_in_force: "fok",
  }),
  bid("a4075af1-c234-404f-b133-39a6cc5a48b4", "KRW-BTC", "07-04T08:00:00", "limit", "88000000", "0.25", {
    executed_volume: "0.1",
    identifier: "연습-주문-1",
    smp_type: "reduce",
    trades_count: 1,
  }),
  ask("c070edd9-2b38-4d49-b73d-b8b0e17c7030", "USDT-BTC", "07-04T07:33:18", "limit", "121500.5", "0.5", {
    smp_type: "cancel_maker",
    prevented_volume: "0.1",
    prevented_locked: "0.1",
  }),
  bid("d8f5f521-0224-4e3c-b16d-bea3bcb0fefa", "SGD-BTC", "07-03T22:10:00", "limit", "139900.00", "0.5", {
    state: "watch",
    smp_type: "cancel_taker",
  }),
];

/**
 * An order that fails on purpose when it is canceled, like the test cards of a payment provider. It is not in lists and not
 * affected by "cancel all open orders": a request must name it.
 */
export interface TestOrder {
  uuid: string;
  identifier: string;
  /** what it tests */
  purpose: string;
  behavior: Behavior;
  /** the fault of the first request that cancels it */
  once?: Fault;
}

export const TEST_ORDERS: readonly TestOrder[] = [
  {
    uuid: "7e570001-0000-4000-8000-000000000001",
    identifier: "practice-lost-answer",
    purpose: "the first cancellation takes effect, but its response is lost",
    behavior: {},
    once: { drop: "after" },
  },
  {
    uuid: "7e570002-0000-4000-8000-000000000002",
    identifier: "practice-429-once",
    purpose: "the first cancellation gets a 429",
    behavior: {},
    once: { rateLimited: true },
  },
  {
    uuid: "7e570003-0000-4000-8000-000000000003",
    identifier: "practice-filled-first",
    purpose: "the cancellation is accepted, but the order fills before it takes effect",
    behavior: { fills: "all" },
  },
  {
    uuid: "7e570004-0000-4000-8000-000000000004",
    identifier: "practice-ends-after-3s",
    purpose: "the cancellation is accepted and takes effect 3 seconds later",
    behavior: { effectAfterMs: 3000 },
  },
  {
    uuid: "7e570005-0000-4000-8000-000000000005",
    identifier: "practice-refused",
    purpose: "every cancellation is refused with 403 market_offline",
    behavior: { refused: { status: 403, name: "market_offline" } },
  },
];

/** A test order before it is canceled. */
export function asOrder({ uuid, identifier }: TestOrder): PartialOrder {
  return bid(uuid, "SGD-BTC", "07-03T21:00:00", "limit", "100000.00", "1.0", { identifier });
}

function bid(...args: OrderArguments): PartialOrder {
  return order("bid", ...args);
}

function ask(...args: OrderArguments): PartialOrder {
  return order("ask", ...args);
}

type OrderArguments = [
  uuid: string,
  market: string,
  /** in 2025 */
  created_at: string,
  ord_type: string,
  price?: string | undefined,
  volume?: string | undefined,
  more?: PartialOrder,
];

function order(side: string, ...args: OrderArguments): PartialOrder {
  const [uuid, market, time, ord_type, price, volume, more] = args;
  return withSums({
    uuid,
    side,
    ord_type,
    market,
    created_at: `2025-${time}`,
    ...(price !== undefined && { price }),
    ...(volume !== undefined && { volume }),
    ...more,
  });
}
