// A `fetch` that answers what no `fetch` should, as a mock, a wrapper or a page's script may: the call settles
// with the package's own error, nothing escapes to the program, and the client works on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { EXAMPLE_UUID, openExchange } from "../practice/sign.js";
import { revoked, throwing } from "./hostile-values.js";
import { trader, UpbitClient, UpbitError } from "./installed.js";

const never = new Promise(() => {});

/** @returns {never} */
function refuse() {
  throw new Error("a trap of the caller's");
}

/** What a call reads of an answer, with changes. @param {object} [changes] */
const answer = (changes) =>
  Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors({ status: 200, headers: new Headers(), body: null }),
      ...Object.getOwnPropertyDescriptors(changes ?? {}),
    },
  );

/**
 * An answer whose stream does this when it is read.
 * @param {NonNullable<UnderlyingDefaultSource["pull"]>} pull
 * @param {object} [source]
 */
function streaming(pull, source) {
  return answer({ body: new ReadableStream({ pull, ...source }, { highWaterMark: 0 }) });
}

/** An answer of one piece. @param {unknown} piece */
const piece = (piece) =>
  streaming((stream) => {
    stream.enqueue(piece);
    stream.close();
  });

/** A number that is another one whenever it is read. @param {number[]} lengths */
const changing = (...lengths) => ({
  get length() {
    return lengths.shift() ?? 1;
  },
});

function detached() {
  const bytes = new Uint8Array(4);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

/** @param {(value: unknown) => void} resolve */
function twice(resolve) {
  resolve(7);
  resolve(8);
}

async function used() {
  const response = new Response("[]");
  await response.text();
  return response;
}

/** What is no answer at all. @type {Record<string, () => unknown>} */
const NO_ANSWERS = {
  undefined: () => undefined,
  "null, later": async () => null,
  "a number": () => 7,
  "a symbol": () => Symbol("answer"),
  "a text": async () => "answer",
  "an object of nothing": async () => ({}),
  "an exception": refuse,
  "a rejection with nothing": () => Promise.reject(undefined),
  "a rejection with a symbol": () => Promise.reject(Symbol("reason")),
  "a rejection with a proxy that throws": () => Promise.reject(throwing({})),
  "a rejection with a revoked proxy": () => Promise.reject(revoked({})),
  "a rejection whose cause throws": () =>
    Promise.reject({
      get cause() {
        return refuse();
      },
    }),
  "a rejection with causes that throw": () => Promise.reject({ cause: { errors: [throwing({})] } }),
  "a then that throws": () => ({ then: refuse }),
  "a then that cannot be read": () => ({
    get then() {
      return refuse();
    },
  }),
  "a then that never calls back": () => ({ then() {} }),
  "a then that calls back with nonsense, twice": () => ({ then: twice }),
  "a revoked proxy": async () => revoked(answer()),
  "headers of nothing": async () => answer({ headers: null }),
  "headers that throw": async () => answer({ headers: { get: refuse } }),
  "headers that cannot be read": async () =>
    answer({
      get headers() {
        return refuse();
      },
    }),
  "headers that are numbers": async () => answer({ headers: { get: () => 7 } }),
  "headers that are objects": async () => answer({ headers: { get: () => ({}) } }),
  "headers that are symbols": async () => answer({ headers: { get: () => Symbol("header") } }),
  "a status that cannot be read": async () =>
    answer({
      get status() {
        return refuse();
      },
    }),
  "a status of no kind": async () => answer({ status: undefined }),
  "a status that is a BigInt": async () => answer({ status: 200n }),
  "a status that is a symbol": async () => answer({ status: Symbol("status") }),
  "a status that is an object": async () => answer({ status: { valueOf: refuse } }),
  "a body that cannot be read": async () =>
    answer({
      get body() {
        return refuse();
      },
    }),
  "a body that is a text": async () => answer({ body: "[]" }),
  "a body that was read already": used,
  "a reader that throws": async () => answer({ body: { getReader: () => ({ read: refuse }) } }),
  "a reader of nothing": async () => answer({ body: { getReader: () => ({ read: async () => undefined }) } }),
  "a piece of null": async () => piece(null),
  "a piece of undefined": async () => piece(undefined),
  "a number for a piece": async () => piece(7),
  "a text for a piece": async () => piece('{"uuid":"u"}'),
  "a piece that lies about its length": async () => piece({ length: 100 }),
  "a piece of less than nothing": async () => piece({ length: -1 }),
  "a piece of 4 GiB": async () => piece({ length: 2 ** 32 }),
  "a piece without a length": async () =>
    piece({
      get length() {
        return refuse();
      },
    }),
  "a piece that shrinks": async () => piece(changing(100, 10)),
  "a piece that grows": async () => piece(changing(1, 1, 1000, 100_000, 1_000_000)),
  "a piece that is a buffer": async () => piece(new ArrayBuffer(4)),
  "a piece that was given away": async () => piece(detached()),
  "a piece behind a proxy": async () => piece(new Proxy(new Uint8Array(4), {})),
  "a stream that fails": async () => streaming(refuse),
  "a stream that never goes on": async () => streaming(() => /** @type {Promise<void>} */ (never)),
  "a stream without end": async () => streaming((stream) => stream.enqueue(new Uint8Array(65_536))),
  "a stream without end, of buffers": async () => streaming((stream) => stream.enqueue(new ArrayBuffer(9))),
  "a stream without end, of nothing": async () => streaming((stream) => stream.enqueue(new Uint8Array())),
  "a stream that cannot be canceled": async () =>
    streaming((stream) => stream.enqueue(new Uint8Array(2 ** 21)), { cancel: refuse }),
  "a stream whose cancel never ends": async () =>
    streaming((stream) => stream.enqueue(new Uint8Array(2 ** 21)), { cancel: () => never }),
  "brackets without end": async () => new Response("[".repeat(2 ** 19)),
  "many small things": async () => new Response(`[${"[0],".repeat(2 ** 17)}0]`),
};

/** @param {() => unknown} answering @param {() => Promise<unknown>} call */
async function instead(answering, call) {
  const { fetch } = globalThis;
  globalThis.fetch = /** @type {any} */ (answering);
  try {
    return await call().then(
      () => assert.fail("should have failed"),
      (error) => error,
    );
  } finally {
    globalThis.fetch = fetch;
  }
}

for (const [name, answering] of Object.entries(NO_ANSWERS)) {
  test(`${name} for an answer`, { timeout: 20_000 }, async (t) => {
    const exchange = await openExchange(t);
    const client = new UpbitClient({ ...trader(exchange), timeoutMs: 100, maxRetries: 0 });
    const error = await instead(answering, () => client.cancelOrder({ uuid: EXAMPLE_UUID }));
    assert.ok(error instanceof UpbitError, inspect(error));
    assert.match(error.kind, /^(network|timeout|bad_response)$/);
    if (answering !== refuse) assert.equal(error.outcome, "unknown");
    assert.equal(error.attempts, 1);
    assert.equal((await client.cancelOrder({ uuid: EXAMPLE_UUID }, { timeoutMs: 10_000 })).length, 1);
  });
}
