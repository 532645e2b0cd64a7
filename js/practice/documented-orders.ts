// The orders with which an exchange starts. Their uuids are fixed, so that documents can name them.
import type { Fault } from "./faults.ts";
import type { Behavior, PartialOrder } from "./orders.ts";

/** What is open, newest first. The first is the example of Upbit's page on canceling an order. */
export const INITIAL_ORDERS: readonly PartialOrder[] = [
  {
    uuid: "cdd92199-2897-4e14-9448-f923320408ad",
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
  },
  ask("43685861-3d4b-4ec3-9913-21edd73bc256", "SGD-ETH", "2025-07-04T14:58:12", {
    ord_type: "limit",
    price: "4555.50",
    volume: "3.5",
    remaining_volume: "2.3",
    executed_volume: "1.2",
    paid_fee: "13.6665",
    locked: "2.3",
    identifier: "practice-ask-1",
    trades_count: 2,
  }),
  bid("8c2054ed-9f63-4fdc-bb0b-1a7fbbb12e9b", "SGD-XRP", "2025-07-04T14:41:30", "24.6875", {
    ord_type: "limit",
    price: "3.95",
    volume: "2500",
    locked: "9899.6875",
    time_in_force: "post_only",
    identifier: "rebalance/2025-07:ETH+XRP",
  }),
  bid("19a59dcb-9f8f-4a40-abe6-ddbc53907a0b", "IDR-BTC", "2025-07-04T13:20:05", "65250", {
    ord_type: "limit",
    price: "1740000000",
    volume: "0.015",
    locked: "26165250",
  }),
  ask("b8d058cf-4e05-4fbf-a4f7-347abf3c0df6", "THB-BTC", "2025-07-04T12:02:44", {
    ord_type: "limit",
    price: "3980000.00",
    state: "watch",
    volume: "0.05",
    locked: "0.05",
  }),
  bid("3b898d4f-b4df-44f9-887b-4cc5e7c22c85", "SGD-SOL", "2025-07-04T11:47:59", "1.25", {
    ord_type: "price",
    price: "500",
    locked: "501.25",
  }),
  ask("fdd61db0-2ed0-411e-86fd-a4723c5fa863", "SGD-DOGE", "2025-07-04T11:30:00", {
    ord_type: "market",
    volume: "12000",
    locked: "12000",
  }),
  bid("39f9f91d-3d59-459e-b381-e10437a98cb0", "SGD-ADA", "2025-07-04T10:15:21", "3", {
    ord_type: "best",
    price: "1200",
    locked: "1203",
    time_in_force: "ioc",
  }),
  ask("3735b1f9-9029-4235-9b4c-0a265a19ec53", "SGD-ETH", "2025-07-04T09:08:07", {
    ord_type: "best",
    volume: "0.75",
    locked: "0.75",
    time_in_force: "fok",
  }),
  bid("a4075af1-c234-404f-b133-39a6cc5a48b4", "KRW-BTC", "2025-07-04T08:00:00", "55000", {
    ord_type: "limit",
    price: "88000000",
    volume: "0.25",
    remaining_volume: "0.15",
    executed_volume: "0.1",
    remaining_fee: "33000",
    paid_fee: "22000",
    locked: "13233000",
    identifier: "연습-주문-1",
    smp_type: "reduce",
    trades_count: 1,
  }),
  ask("c070edd9-2b38-4d49-b73d-b8b0e17c7030", "USDT-BTC", "2025-07-04T07:33:18", {
    ord_type: "limit",
    price: "121500.5",
    volume: "0.5",
    remaining_volume: "0.4",
    locked: "0.4",
    smp_type: "cancel_maker",
    prevented_volume: "0.1",
    prevented_locked: "0.1",
  }),
  bid("d8f5f521-0224-4e3c-b16d-bea3bcb0fefa", "SGD-BTC", "2025-07-03T22:10:00", "174.875", {
    ord_type: "limit",
    price: "139900.00",
    state: "watch",
    volume: "0.5",
    locked: "70124.875",
    smp_type: "cancel_taker",
  }),
];

/**
 * An order that behaves on purpose when it is canceled, like the test cards of a payment provider. No list shows
 * it and "all open orders" leaves it alone: only a request that names it meets it.
 */
export interface TestOrder {
  uuid: string;
  identifier: string;
  /** what it is there to try, in words */
  purpose: string;
  behavior: Behavior;
  /** what happens to the first request that names it and cancels */
  once?: Fault;
}

export const TEST_ORDERS: readonly TestOrder[] = [
  {
    uuid: "7e570001-0000-4000-8000-000000000001",
    identifier: "practice-lost-answer",
    purpose: "the first cancellation takes effect, but its answer is lost",
    behavior: {},
    once: { drop: "after" },
  },
  {
    uuid: "7e570002-0000-4000-8000-000000000002",
    identifier: "practice-429-once",
    purpose: "the first cancellation is answered 429",
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
    purpose: "the cancellation is accepted, and takes effect 3 seconds later",
    behavior: { effectAfterMs: 3000 },
  },
  {
    uuid: "7e570005-0000-4000-8000-000000000005",
    identifier: "practice-refused",
    purpose: "every cancellation is refused: 403 market_offline",
    behavior: { refused: { status: 403, name: "market_offline" } },
  },
];

/** The open order that a test order is before it is canceled. */
export function asOrder({ uuid, identifier }: TestOrder): PartialOrder {
  return bid(uuid, "SGD-BTC", "2025-07-03T21:00:00", "250", {
    ord_type: "limit",
    price: "100000.00",
    volume: "1.0",
    locked: "100250",
    identifier,
  });
}

/** A sale: it locks coins, and its fee is taken from what it earns. */
function ask(uuid: string, market: string, created_at: string, fields: PartialOrder): PartialOrder {
  return { uuid, side: "ask", market, created_at, ...fields };
}

/** A purchase: it locks money and the fee for it, 0.25 %. */
function bid(
  uuid: string,
  market: string,
  created_at: string,
  fee: string,
  fields: PartialOrder,
): PartialOrder {
  return { uuid, side: "bid", market, created_at, reserved_fee: fee, remaining_fee: fee, ...fields };
}
