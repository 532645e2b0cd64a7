// WebKitGTK, which has the engine of Safari, driven by the W3C's WebDriver protocol
// (https://www.w3.org/TR/webdriver2/) on a display that exists in memory only.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { ensureWebKit } from "../../scripts/browsers.mjs";

/**
 * @typedef {object} Session
 * @property {string} version of the browser
 * @property {(command: string, body: object) => Promise<any>} send a command of the protocol to this session
 * @property {() => Promise<void>} close
 */

/** A browser without a past, with one page. @returns {Promise<Session>} */
export async function openSession() {
  const { driver, screen } = await ensureWebKit();
  const display = spawn(screen, ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const told = once(/** @type {import("node:stream").Readable} */ (display.stdio[3]), "data");
  const [number] = await Promise.race([told, once(display, "exit")]);
  if (display.exitCode !== null) throw new Error(`Xvfb ended with ${display.exitCode}`);
  const port = await freePort();
  const env = { ...process.env, DISPLAY: `:${String(number).trim()}`, NO_AT_BRIDGE: "1" };
  // A process group of its own: the driver starts the browser, which starts more.
  const server = spawn(driver, [`--port=${port}`], { env, stdio: "ignore", detached: true });
  const url = `http://127.0.0.1:${port}/session`;
  const stop = () => {
    if (server.pid) process.kill(-server.pid, "SIGKILL");
    display.kill();
  };
  try {
    const { sessionId, capabilities } = await post(url, { capabilities: {} });
    return {
      version: capabilities.browserVersion,
      send: (command, body) => post(`${url}/${sessionId}/${command}`, body),
      async close() {
        await fetch(`${url}/${sessionId}`, { method: "DELETE" }).catch(() => {});
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

/** The driver does not tell which port it has chosen. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** The driver may not listen yet. @param {string} url @param {object} body */
async function post(url, body) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
      const { value } = await response.json();
      if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
      return value;
    } catch (error) {
      if (!(error instanceof TypeError) || attempt === 100) throw error;
      await delay(50);
    }
  }
}
