// Arguments of all wrong kinds at random, by a seed: whatever comes, a call settles, with the package's own
// error or a result, sends nothing that it was not asked to send, and the client works on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { seededRandom } from "../practice/seeded-random.js";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { hostileObject, hostileValue, revoked, throwing } from "./hostile-values.js";
import { cancelOrder, cancelOrders, previewRequest, trader, UpbitClient, UpbitError } from "./installed.js";

const SECRET = "SECRET-key-that-must-not-show";
const CALL = ["signal", "timeoutMs", "maxRetries", "onProgress"];
const OPTIONS = ["region", "algorithm", ...CALL];

/** What a call came to. @typedef {{ value?: unknown, error?: unknown }} Settled */

/** @param {() => unknown} call @returns {Promise<Settled>} */
async function settle(call) {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}

/** @param {Settled} settled @param {string} what */
function assertTold({ error }, what) {
  if (error === undefined) return;
  assert.ok(error instanceof UpbitError, `${what}: ${inspect(error)}`);
  assert.doesNotMatch(
    `${inspect(error, { depth: 9, showHidden: true })}${error.stack}`,
    /that-must-not-show/,
  );
  if (error.kind === "invalid_request")
    assert.deepEqual([error.outcome, error.attempts], ["not_canceled", 0]);
}

/**
 * @param {import("./hostile-values.js").Random} random
 * @param {InstanceType<typeof UpbitClient>} client
 * @param {import("upbit-cancel-order").ClientOptions} right
 * @returns {(() => unknown)[]} calls of every function, with arguments that are wrong in some way
 */
function hostileCalls(random, client, right) {
  const order = () => /** @type {any} */ (hostileObject(random, { uuid: EXAMPLE_UUID }, ["identifier"]));
  const orders = () => (random(3) === 0 ? /** @type {any} */ (hostileValue(random)) : [order(), order()]);
  const options = () => /** @type {any} */ (hostileObject(random, { ...right, maxRetries: 0 }, OPTIONS));
  const call = () => /** @type {any} */ (hostileObject(random, { maxRetries: 0 }, CALL));
  return [
    () => cancelOrder(order(), options()),
    () => cancelOrders(orders(), options()),
    () => previewRequest(order(), options()),
    () => new UpbitClient(options()).close(),
    () => client.cancelOrder(order(), call()),
    () => client.cancelOrders(orders(), call()),
  ];
}

test("arguments of all wrong kinds", async (t) => {
  const exchange = await openExchange(t, { limits: false });
  const right = { ...trader(exchange), secretKey: SECRET };
  const client = new UpbitClient(right);
  const working = new UpbitClient(trader(exchange));
  for (let seed = 1; seed <= 400; seed += 1) {
    const random = seededRandom(seed);
    const call = hostileCalls(random, client, right)[random(6)] ?? assert.fail();
    assertTold(await settle(call), `seed ${seed}`);
    if (seed % 10 > 0) continue;
    const { uuid } = exchange.orders.add();
    assert.equal((await working.cancelOrder({ uuid }))[0]?.uuid, uuid, `after seed ${seed}`);
  }
  assert.ok(exchange.orders.isOpen(EXAMPLE_UUID), "the secret key was wrong");
});

test("an invalid entry fails without affecting the others", async (t) => {
  const exchange = await openExchange(t);
  const [first, last] = exchange.orders.addMany(2).map(({ uuid }) => ({ uuid }));
  const between = [null, throwing({}), revoked({}), 7n, Symbol("order"), "order", () => {}, , { uuid: "\0" }];
  const results = await cancelOrders(/** @type {any} */ ([first, ...between, last]), trader(exchange));
  assert.deepEqual(
    results.map(({ ok }) => ok),
    [true, ...Array.from(between, () => false), true],
  );
  for (const result of results.slice(1, -1)) assertTold({ error: Reflect.get(result, "error") }, "an entry");
});

const trap = () => {
  throw new Error("a trap of the caller's");
};
const deaf = { aborted: false, addEventListener: trap, removeEventListener() {} };
/** @param {() => unknown} later */
const fickle = (later, reads = 0) => ({
  ...deaf,
  addEventListener() {},
  get aborted() {
    reads += 1;
    return reads > 1 && later();
  },
});

test("a signal is looked at once", async (t) => {
  const client = new UpbitClient(trader(await openExchange(t)));
  for (const later of [trap, () => Symbol("aborted")]) {
    const signal = /** @type {any} */ (fickle(later));
    assertTold(await settle(() => client.cancelOrder({ uuid: EXAMPLE_UUID }, { signal })), "a fickle signal");
  }
});

test("a signal that accepts no listener is refused, because an abort would be missed", async (t) => {
  const client = new UpbitClient(trader(await openExchange(t)));
  const call = client.cancelOrder({ uuid: EXAMPLE_UUID }, { signal: /** @type {any} */ (deaf) });
  await assert.rejects(call, { kind: "invalid_request", message: /signal/ });
});
