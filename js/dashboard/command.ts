// `upbit-cancel-order dashboard`.
import { startDashboard } from "./start-dashboard.js";

export { startDashboard };

/**
 * Runs until SIGINT or SIGTERM. Rejects, with a message for a person, if it cannot start.
 * @param {object} options
 * @param {number} options.port 0: any free one
 * @param {boolean} options.practice
 * @param {{ write: (text: string) => unknown }} options.stdout
 * @param {{ write: (text: string) => unknown }} options.stderr
 * @returns {Promise<void>}
 */
export async function runDashboard({ port, practice, stdout, stderr }) {
  const dashboard = await startDashboard({ port, practice, log: stderr });
  const stopped = untilSignal();
  stdout.write(`${dashboard.url}\n`);
  stderr.write(
    `The dashboard is open at this address${practice ? ", with practice orders" : ""}. Ctrl+C closes it.\n`,
  );
  await stopped;
  await dashboard.close();
}

/** @returns {Promise<void>} */
function untilSignal() {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve());
  });
}
