// What `upbit-cancel-order practice` prints when it is ready: one line for programs, or words for a person.
import { TEST_ORDERS } from "./documented-orders.ts";
import type { Exchange } from "./exchange.ts";
import type { KeyPair } from "./keys.ts";
import type { Order } from "./order.ts";

/** What each documented key is there to try. */
const PURPOSES = {
  trader: "may cancel and look",
  viewer: "may only look: canceling answers out_of_scope",
  expired: "too old: everything answers expired_access_key",
  canceler: "may only cancel: looking answers out_of_scope",
};

/** Beyond so many the words only count. */
const NAMED_ORDERS = 20;

export function readyLine({ url, keys, orders }: Exchange) {
  return { url, keys, orders: orders.open() };
}

/** Several lines, without a newline at the end. */
export function readyText({ url, keys, orders }: Exchange): string {
  const open = orders.open();
  const { accessKey, secretKey } = keys.trader;
  return [
    `Practice exchange ready at ${url} (no account, no money; Ctrl+C stops it)`,
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
    "Cancel one, from another terminal",
    `  export UPBIT_ACCESS_KEY=${accessKey}`,
    `  export UPBIT_SECRET_KEY=${secretKey}`,
    `  export UPBIT_BASE_URL=${url}`,
    `  npx upbit-cancel-order ${open[0]?.uuid ?? "UUID"}`,
    "",
    `In a program, give baseUrl: "${url}" instead of a region`,
  ].join("\n");
}

/** The orders that behave on purpose, for `practice` and its help; without a newline at the end. */
export function testOrdersText(): string {
  return [
    "Orders that behave on purpose when they are canceled (in no list; name them)",
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
