// Verifies tokens with independent implementations: jose and node:crypto.
import assert from "node:assert/strict";
import { createHash, createHmac, randomInt } from "node:crypto";
import { test } from "node:test";
import { jwtVerify } from "jose";
import { cancelOrder } from "./installed.js";

/**
 * What is sent for an order: URL and token of the request, which is answered here.
 * @param {import("upbit-cancel-order").OrderRef} order
 * @param {Partial<import("upbit-cancel-order").ClientOptions>} options
 */
async function sent(order, options) {
  const fetch = globalThis.fetch;
  /** @type {{ url: URL, token: string } | undefined} */
  let request;
  globalThis.fetch = async (url, init) => {
    const token = new Headers(init?.headers).get("authorization")?.replace("Bearer ", "") ?? "";
    request = { url: new URL(String(url)), token };
    return Response.json({ uuid: "u" });
  };
  try {
    await cancelOrder(order, { accessKey: "access", secretKey: "secret", region: "sg", ...options });
  } finally {
    globalThis.fetch = fetch;
  }
  return request ?? assert.fail("nothing was sent");
}

// Before all others: random bytes that were fetched once last for many requests.
test("without random numbers nothing is sent", async (t) => {
  const crypto = Object.getOwnPropertyDescriptor(globalThis, "crypto") ?? assert.fail();
  t.after(() => Object.defineProperty(globalThis, "crypto", crypto));
  Object.defineProperty(globalThis, "crypto", { value: { getRandomValues: null }, configurable: true });
  const error = await sent({ identifier: "a" }, {}).catch((failure) => failure);
  Object.defineProperty(globalThis, "crypto", crypto);
  assert.equal(error.kind, "invalid_request");
  assert.match(error.message, /getRandomValues/);
});

test("jose verifies the tokens", async () => {
  for (const algorithm of /** @type {const} */ (["HS512", "HS256"])) {
    const secretKey = "s".repeat(64);
    const { url, token } = await sent({ identifier: "내 주문 + 1" }, { secretKey, algorithm });
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secretKey), {
      algorithms: [algorithm],
    });
    const { nonce, ...claims } = payload;
    assert.match(String(nonce), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const query = decodeURIComponent(url.search.slice(1));
    assert.deepEqual(claims, {
      access_key: "access",
      query_hash: createHash("sha512").update(query).digest("hex"),
      query_hash_alg: "SHA512",
    });
    await assert.rejects(jwtVerify(token, new TextEncoder().encode(`${secretKey}!`)));
  }
});

/** Well-formed text of characters that make trouble. */
function randomText() {
  const alphabet = [
    "a",
    "Z",
    "0",
    " ",
    "+",
    "%",
    "&",
    "=",
    "#",
    '"',
    "\\",
    "\0",
    "\n",
    "é",
    "주",
    "🛑",
    "\u{2028}",
  ];
  const length = 1 + randomInt(200);
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

test("random keys and identifiers give the same token as node:crypto", async () => {
  for (let round = 0; round < 300; round += 1) {
    const [accessKey, secretKey, identifier] = [randomText(), randomText(), randomText()];
    const algorithm = round % 2 ? "HS512" : "HS256";
    const { url, token } = await sent({ identifier }, { accessKey, secretKey, algorithm });
    assert.equal(url.searchParams.get("identifier"), identifier);
    const [, claims = ""] = token.split(".");
    const { nonce } = JSON.parse(Buffer.from(claims, "base64url").toString());
    assert.equal(
      token,
      tokenByNode({ accessKey, secretKey, identifier, algorithm, nonce }),
      JSON.stringify(secretKey),
    );
  }
});

/** @param {{ accessKey: string, secretKey: string, identifier: string, algorithm: string, nonce: string }} request */
function tokenByNode({ accessKey, secretKey, identifier, algorithm, nonce }) {
  const hash = createHash("sha512").update(`identifier=${identifier}`).digest("hex");
  // JSON has several spellings of a control character; ours is always \u00xx.
  const escaped = JSON.stringify(accessKey);
  const claims = `{"access_key":${escaped},"nonce":"${nonce}","query_hash":"${hash}","query_hash_alg":"SHA512"}`;
  const header = JSON.stringify({ alg: algorithm, typ: "JWT" });
  const message = [header, claims].map((part) => Buffer.from(part).toString("base64url")).join(".");
  const signature = createHmac(algorithm.replace("HS", "sha"), secretKey).update(message).digest("base64url");
  return `${message}.${signature}`;
}

test("every nonce is new", async () => {
  const nonces = new Set();
  for (let round = 0; round < 500; round += 1) {
    const { token } = await sent({ identifier: "a" }, { accessKey: `account ${round}` });
    nonces.add(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).nonce);
  }
  assert.equal(nonces.size, 500);
});
