// Clients in Python, each run in its own process.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inRoot } from "../../../scripts/paths.mjs";
import { python } from "../install.js";

const run = promisify(execFile);

/**
 * @param {string} client as clients.py calls it
 * @param {string} name
 * @param {import("../clients.js").Algorithm} algorithm
 * @returns {import("../clients.js").Peer}
 */
const peer = (client, name, algorithm) => ({
  name,
  algorithm,
  cancel(order, { nonce = "", alteration = "", ...others }) {
    const setting = { ...others, nonce, alteration, algorithm };
    const running = run(python, [inRoot("tests/peers/python/clients.py")]);
    running.child.stdin?.end(JSON.stringify({ client, order, setting }));
    return running;
  },
});

/** @type {import("../clients.js").Peer[]} */
export const pythonPeers = [
  peer("sdk", "upbit-sdk (official)", "HS256"),
  peer("requests", "PyJWT + requests", "HS256"),
  peer("requests", "PyJWT + requests", "HS512"),
];
