import assert from "node:assert/strict";
import { it } from "node:test";
import { readOrderLines } from "../../www/order-lines.ts";

const UUID = "cdd92199-2897-4e14-9448-f923320408ad";

it("reads a UUID or an identifier a line and skips blanks and comments", () => {
  const { orders, problems, repeated } = readOrderLines(
    `# mine\r\n\r\n  ${UUID} \n\tidentifier= a = b #1\ridentifier=주문`,
  );
  assert.deepEqual(orders, [{ uuid: UUID }, { identifier: " a = b #1" }, { identifier: "주문" }]);
  assert.deepEqual([problems, repeated], [[], 0]);
});

it("takes an order once, however the digits of its UUID are written", () => {
  const { orders, repeated } = readOrderLines(
    `${UUID}\n${UUID.toUpperCase()}\nidentifier=a\nidentifier=a\nidentifier=A`,
  );
  assert.deepEqual(orders, [{ uuid: UUID }, { identifier: "a" }, { identifier: "A" }]);
  assert.equal(repeated, 2);
});

it("says which lines it cannot read, and why", () => {
  const neither = "neither a UUID nor identifier=ID";
  const lines = [
    [`${UUID}x`, neither],
    [`x${UUID}`, neither],
    [`{${UUID}}`, neither],
    ["identifier=", "the identifier is empty"],
    ["Identifier=a", neither],
    ["a identifier=", neither],
  ];
  const listed = lines.map(([line]) => line).join("\n");
  const { orders, problems } = readOrderLines(`\n${UUID}\n${listed}`);
  assert.deepEqual(orders, [{ uuid: UUID }]);
  assert.deepEqual(
    problems,
    lines.map(([text, why], index) => ({ line: index + 3, text, why })),
  );
});
