// Requests to the dashboard that were broken at random: nothing arrives at the exchange but what its route lets
// through, no answer is the server's own failure, and it serves on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sendRaw } from "../practice/raw-bytes.js";
import { seededRandom } from "../practice/seeded-random.js";
import { openUpstream } from "./fake-exchange.js";
import { openRelay, send } from "./relay-request.js";

const QUERY = "uuid=cdd92199-2897-4e14-9448-f923320408ad";
const PATH = `/relay/sg/v1/order?${QUERY}`;

test("randomly corrupted requests", async (t) => {
  const upstream = await openUpstream(t, (response) => response.end("[]"));
  const relay = await openRelay(t, { upstreams: { sg: upstream.url } });
  const port = Number(new URL(relay.url).port);
  const lines = [
    `DELETE ${PATH} HTTP/1.1`,
    `Host: ${new URL(relay.url).host}`,
    `Origin: ${relay.url}`,
    "Authorization: Bearer a.b.c",
  ];
  const right = Buffer.from([...lines, "Cookie: a=b", "Connection: close", "", ""].join("\r\n"));
  const random = seededRandom(20250704);
  for (let round = 0; round < 400; round += 1) {
    const bytes = Buffer.from(right);
    for (let count = random(4); count >= 0; count -= 1) bytes[random(bytes.length - 8)] = random(256);
    const answer = await sendRaw(port, bytes, "end");
    assert.doesNotMatch(answer, /^HTTP\/1\.1 50[0134]/, `round ${round}: ${answer}`);
  }
  assert.ok(upstream.arrived.length > 0);
  for (const { method, url, headers } of upstream.arrived) {
    assert.equal(method, "DELETE");
    assert.match(url, /^\/v1\/order\?[^#\s]*$/);
    assert.equal(headers.cookie, undefined);
  }
  assert.equal((await send(relay, PATH, { headers: { Authorization: "Bearer a.b.c" } })).status, 200);
});
