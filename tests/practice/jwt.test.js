import assert from "node:assert/strict";
import { test } from "node:test";
import { bearerToken, decodeJwt } from "../../js/practice/jwt.ts";

/** @param {unknown} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a bearer token stands alone in its header, whatever the case of the scheme", () => {
  for (const header of ["Bearer a.b.c", "bearer a.b.c", "BEARER   a.b.c"]) {
    assert.equal(bearerToken(header), "a.b.c", header);
  }
  const others = ["", "a.b.c", "Bearer", "Bearer ", "xBearer a", "Bearer a b", "Bearer a,b"];
  for (const header of [undefined, ...others]) {
    assert.equal(bearerToken(header), null, header);
  }
});

test("a JWT is three parts, of which two are objects", () => {
  const object = part({});
  assert.deepEqual(decodeJwt(`${object}.${part({ a: 1 })}.AA`), {
    header: {},
    claims: { a: 1 },
    signature: Buffer.from([0]),
    signingInput: `${object}.${part({ a: 1 })}`,
  });
  for (const value of [null, [], 1, "text", true]) {
    assert.equal(decodeJwt(`${part(value)}.${object}.AA`), null, JSON.stringify(value));
    assert.equal(decodeJwt(`${object}.${part(value)}.AA`), null, JSON.stringify(value));
  }
  const two = `${object}.${object}`;
  for (const token of ["", object, two, `${two}.AA.AA`, `${two}.A`]) {
    assert.equal(decodeJwt(token), null, token);
  }
});
