// Numbers in an answer: amounts are text, digit for digit; other numbers stay numbers as long as a double holds them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { packageUrl } from "../package/installed.js";
import { nodeVersions } from "./node-versions.ts";

const UUID = "cdd92199-2897-4e14-9448-f923320408ad";

/** Cancels an order with this answer, and prints what comes of it. */
const PROGRAM = `
  const { cancelOrder } = await import(process.argv[1]);
  globalThis.fetch = async () => new Response(process.argv[2]);
  const options = { accessKey: "a", secretKey: "s", baseUrl: "http://127.0.0.1:8" };
  const [order] = await cancelOrder({ uuid: "${UUID}" }, options);
  process.stdout.write(JSON.stringify(order));
`;

function orderOf(node: string, fields: string) {
  const args = ["--input-type=module", "-e", PROGRAM, packageUrl, `[{"uuid":"${UUID}",${fields}}]`];
  const { stdout, stderr } = spawnSync(node, args, { encoding: "utf8" });
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

/** Node 22 and later have the source text of a number that they parse; before, only the number is known. */
const hasSourceText = (version: number) => version >= 22;

for (const { version, path } of await nodeVersions()) {
  test(`numbers that a double holds stay numbers, on Node ${version}`, () => {
    const order = orderOf(
      path,
      `"exact":9007199254740991,"negative":-9007199254740991,"zero":0,"part":0.5,"tenth":0.1,"trades_count":3,
       "nested":{"list":[1234567890123456,1e3]}`,
    );
    assert.deepEqual(order, {
      uuid: UUID,
      exact: 9007199254740991,
      negative: -9007199254740991,
      zero: 0,
      part: 0.5,
      tenth: 0.1,
      trades_count: 3,
      nested: { list: [1234567890123456, 1000] },
    });
  });

  test(`amounts that are sent as numbers are text, on Node ${version}`, () => {
    const order = orderOf(path, `"price":153559.5,"volume":3,"locked":0,"executed_volume":"1.50"`);
    assert.deepEqual(order, {
      uuid: UUID,
      price: "153559.5",
      volume: "3",
      locked: "0",
      executed_volume: "1.50",
    });
  });

  if (!hasSourceText(version)) continue;

  test(`numbers that no double holds become the text of their digits, on Node ${version}`, () => {
    const order = orderOf(
      path,
      `"odd":9007199254740993,"long":12345678901234567890,"fine":0.12345678901234567890,"big":1e400,
       "nested":{"list":[-9007199254740993]}`,
    );
    assert.deepEqual(order, {
      uuid: UUID,
      odd: "9007199254740993",
      long: "12345678901234567890",
      fine: "0.12345678901234567890",
      big: "1e400",
      nested: { list: ["-9007199254740993"] },
    });
  });

  test(`amounts that are sent as numbers keep every digit, on Node ${version}`, () => {
    const order = orderOf(
      path,
      `"price":153559.00,"volume":1.0,"locked":0.10000000000000000001,"paid_fee":1e-8`,
    );
    assert.deepEqual(order, {
      uuid: UUID,
      price: "153559.00",
      volume: "1.0",
      locked: "0.10000000000000000001",
      paid_fee: "1e-8",
    });
  });
}
