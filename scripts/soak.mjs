// `node --expose-gc scripts/soak.mjs [calls]`: whether memory stays flat over many calls of every kind. Needs the
// package as `npm test -- install` installs it. The calls are spread over many accounts, so that pacing does not
// slow them.
import { startExchange } from "../js/practice/exchange.ts";
import { installed, memories } from "../tests/wasm/captured.js";

const CALLS = Number(process.argv[2] ?? 10_000);
const ACCOUNTS = 500;
const AT_ONCE = 20;

const { cancelOrder, UpbitClient, UpbitError } = installed;
const names = Array.from({ length: ACCOUNTS }, (_, index) => `account-${index}`);
const keys = Object.fromEntries(
  names.map((name) => [name, { accessKey: name, secretKey: name, account: name }]),
);
const exchange = await startExchange({ keys, limits: false });

/** One call: by turns a success, a refusal, a failure that is repeated, an abort, and a client that is not closed.
 * @param {number} index */
async function call(index) {
  const name = names[index % ACCOUNTS] ?? "";
  const options = { accessKey: name, secretKey: name, baseUrl: exchange.url };
  const { uuid } = exchange.orders.add();
  switch (index % 5) {
    case 0:
      return cancelOrder({ uuid }, options);
    case 1:
      return cancelOrder({ identifier: `unknown ${index}` }, options);
    case 2:
      exchange.faults.next({ order: uuid, status: 500 });
      return cancelOrder({ uuid }, { ...options, maxRetries: 0 });
    case 3:
      exchange.faults.next({ order: uuid, hang: "mid-body" });
      return cancelOrder({ uuid }, { ...options, signal: AbortSignal.timeout(5) });
    default:
      return new UpbitClient(options).cancelOrders([{ uuid }, { uuid: "malformed" }]);
  }
}

/** @param {number} index */
async function settled(index) {
  await call(index).catch((error) => {
    if (!(error instanceof UpbitError)) throw error;
  });
}

/** @param {number} calls */
async function tell(calls) {
  // Clients that were not closed are wiped when they are collected, which takes a turn of the event loop.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(2).padStart(7);
  const { heapUsed } = process.memoryUsage();
  const wasm = memories[0]?.buffer.byteLength ?? 0;
  console.log(
    `${String(calls).padStart(6)} calls: heap ${megabytes(heapUsed)} MB, wasm ${megabytes(wasm)} MB`,
  );
}

for (let done = 0; done < CALLS; done += AT_ONCE) {
  if (done % (CALLS / 10) === 0) await tell(done);
  await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => settled(done + index)));
}
await tell(CALLS);
await exchange.close();
