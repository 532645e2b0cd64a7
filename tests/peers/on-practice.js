// The practice exchange takes the requests of clients that share nothing with ours, and refuses their
// mistakes by Upbit's names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openExchange } from "../practice/sign.js";
import { uuid } from "./capture.js";

/**
 * An exchange that answers with one object: the documentation shows an array, which ccxt cannot read.
 * @param {import("node:test").TestContext} t
 */
async function open(t) {
  const exchange = await openExchange(t);
  exchange.faults.always({ shape: "object" });
  return { exchange, setting: { ...exchange.keys.trader, baseUrl: exchange.url } };
}

/** @param {import("./clients.js").Peer} peer */
export function testOnPractice({ name, algorithm, cancel }) {
  const peer = `${name}, ${algorithm}`;

  test(`${peer}: cancels by uuid, by identifier, and by uuid where both are given`, async (t) => {
    const { exchange, setting } = await open(t);
    await cancel({ uuid }, setting);
    assert.equal(exchange.orders.isOpen(uuid), false);
    const [plain, ignored] = ["plain", "ignored"].map((identifier) => exchange.orders.add({ identifier }));
    await cancel({ identifier: "plain" }, setting);
    assert.equal(exchange.orders.isOpen(plain?.uuid ?? ""), false);
    const other = exchange.orders.add();
    await cancel({ uuid: other.uuid, identifier: "ignored" }, setting);
    assert.equal(exchange.orders.isOpen(other.uuid), false);
    assert.equal(exchange.orders.isOpen(ignored?.uuid ?? ""), true);
  });

  test(`${peer}: mistakes are refused`, async (t) => {
    const { exchange, setting } = await open(t);
    const { expired, viewer } = exchange.keys;
    /** @type {[code: string, mistake: object][]} */
    const mistakes = [
      ["jwt_verification", { secretKey: `${setting.secretKey}!` }],
      ["jwt_verification", { secretKey: viewer.secretKey }],
      ["invalid_access_key", { accessKey: "nobody's" }],
      ["invalid_query_payload", { alteration: "!" }],
      ["out_of_scope", viewer],
      ["expired_access_key", expired],
    ];
    for (const [code, mistake] of mistakes) {
      await assert.rejects(cancel({ uuid }, { ...setting, ...mistake }), new RegExp(`\\b${code}\\b`));
    }
    assert.equal(exchange.orders.isOpen(uuid), true);
    const repeating = { ...setting, nonce: "once" };
    await assert.rejects(cancel({ uuid: crypto.randomUUID() }, repeating), /order_not_found/);
    await assert.rejects(cancel({ uuid }, repeating), /nonce_used/);
  });
}
