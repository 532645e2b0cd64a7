// The output of `upbit-cancel-order practice` when it is ready: one line of JSON, or text.
import { TEST_ORDERS } from "./documented-orders.ts";
import type { Exchange } from "./exchange.ts";
import type { KeyPair } from "./keys.ts";
import type { Order } from "./order.ts";

/** The purpose of each documented key. */
const PURPOSES = {
  trader: "can cancel and look up orders",
  viewer: "can only look up: canceling answers out_of_scope",
  expired: "has expired: everything answers expired_access_key",
  canceler: "can only cancel: lookups answer out_of_scope",
};

/** How many orders are listed. */
const NAMED_ORDERS = 20;

export function readyLine({ url, keys, orders }: Exchange) {
  return { url, keys, orders: orders.open() };
}

/** Several lines, without a trailing newline. */
export function readyText({ url, keys, orders }: Exchange): string {
  const open = orders.open();
  const { accessKey, secretKey } = keys.trader;
  return [
    `Practice exchange ready at ${url} (no account, no real orders; press Ctrl-C to stop)`,
    "",
    "Keys",
    ...Object.entries(PURPOSES).flatMap(([name, purpose]) => keyLines(name, purpose, keys[name])),
    "",
    `Open orders (${open.length})`,
    ...open.slice(0, NAMED_ORDERS).map(orderLine),
    ...(open.length > NAMED_ORDERS ? [`  and ${open.length - NAMED_ORDERS} more`] : []),
    "",
    testOrdersText(),
    "",
    "To cancel one, run in another terminal:",
    `  export UPBIT_ACCESS_KEY=${accessKey}`,
    `  export UPBIT_SECRET_KEY=${secretKey}`,
    `  export UPBIT_BASE_URL=${url}`,
    `  npx upbit-cancel-order ${open[0]?.uuid ?? "UUID"}`,
    "",
    `In a program, give baseUrl: "${url}" instead of a region`,
  ].join("\n");
}

/** The test orders as text, without a trailing newline. */
export function testOrdersText(): string {
  return [
    "Test orders that fail on purpose when they are canceled (not in lists)",
    ...TEST_ORDERS.flatMap(({ uuid, identifier, purpose }) => [
      `  ${uuid}  ${identifier}`,
      `      ${purpose}`,
    ]),
  ].join("\n");
}

function keyLines(name: string, purpose: string, pair: KeyPair | undefined): string[] {
  if (pair === undefined) return [];
  const indent = " ".repeat(11);
  return [
    `  ${name.padEnd(8)} ${purpose}`,
    `${indent}access key  ${pair.accessKey}`,
    `${indent}secret key  ${pair.secretKey}`,
  ];
}

function orderLine({ uuid, market, side, ord_type, identifier }: Order): string {
  const what = `${market.padEnd(8)}  ${side}  ${ord_type.padEnd(6)}`;
  return `  ${uuid}  ${what}${identifier === undefined ? "" : `  ${identifier}`}`.trimEnd();
}
