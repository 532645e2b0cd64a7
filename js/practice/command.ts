// `upbit-cancel-order practice`: a practice exchange that runs until it is stopped.
import { startExchange } from "./exchange.js";
import { readyLine, readyText } from "./ready-line.js";

export { startExchange };

/**
 * @typedef {object} PracticeOptions
 * @property {number} port 0: any free one
 * @property {boolean} json one line of JSON instead of words
 * @property {{ write: (text: string) => unknown }} stdout
 */

/**
 * Runs until SIGINT or SIGTERM. Rejects, with a message for a person, if it cannot start.
 *
 * @param {PracticeOptions} options
 * @returns {Promise<void>}
 */
export async function runPractice({ port, json, stdout }) {
  const exchange = await startExchange({ port }).catch((error) => {
    throw explained(error, port);
  });
  const stopped = untilSignal();
  stdout.write(`${json ? JSON.stringify(readyLine(exchange)) : readyText(exchange)}\n`);
  await stopped;
  await exchange.close();
}

/** @returns {Promise<void>} */
function untilSignal() {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve());
  });
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {number} port
 */
function explained(error, port) {
  /** @type {Record<string, string>} */
  const words = {
    EADDRINUSE: "in use: choose another, or 0 for a free one",
    EACCES: "reserved: choose one above 1023",
  };
  const why = words[error.code ?? ""];
  return why === undefined ? error : new Error(`Port ${port} is ${why}`);
}
