// An upstream that notes what arrives and answers as it is told.

import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";

/** Of 127.0.0.1, signed by itself, so that nobody trusts it. It guards nothing. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxLnteqKWVHRCCCt8
CSXyNRcJpKiy+fqHHwuoYkcNhX+hRANCAAREty6CB4x79SbV61UyK1v73431lYb+
JzWKI5tb4J2Mr5rQ7ZFX3a5rg8lTYA4cfnE8V4QYKLKxcJJQRMzySyyN
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBjzCCATagAwIBAgIUW00ZGsfv4bCVH6Tp1rT4vrr332IwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNDA4MjA0OVoYDzIxMjYxMDMx
MDgyMDQ5WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAREty6CB4x79SbV61UyK1v73431lYb+JzWKI5tb4J2Mr5rQ7ZFX3a5r
g8lTYA4cfnE8V4QYKLKxcJJQRMzySyyNo2QwYjAdBgNVHQ4EFgQUP3264kbgMZuY
s2XHw34y5n/xuu4wHwYDVR0jBBgwFoAUP3264kbgMZuYs2XHw34y5n/xuu4wDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0cAMEQC
IHSKMUpNXGX4R/zcD5UJzHdWakVReGB52+pMndhYQBxaAiACHiUJu2P25mlU9P7/
DFHROfTxOTw8MeaBjeo9L0Cw8A==
-----END CERTIFICATE-----`;

/** @typedef {{ method: string, url: string, headers: import("node:http").IncomingHttpHeaders }} Arrived */

/**
 * @param {import("node:test").TestContext} t
 * @param {(response: import("node:http").ServerResponse) => unknown} answer
 */
export async function openUpstream(t, answer) {
  /** @type {Arrived[]} */
  const arrived = [];
  const server = createServer((request, response) => {
    arrived.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${address.port}`, arrived, server };
}

/**
 * Behind TLS with a certificate that nobody trusts.
 * @param {import("node:test").TestContext} t
 */
export async function openSecureUpstream(t) {
  let count = 0;
  const server = createSecureServer({ key, cert }, (_request, response) => {
    count += 1;
    response.end("[]");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `https://127.0.0.1:${address.port}`, requests: () => count };
}
