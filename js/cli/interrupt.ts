// Ctrl-C, and what service managers send.

const EXIT_STATUS = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143 });

/** npm and npx pass on a Ctrl-C that the terminal has sent to this process already. */
const SAME_KEYSTROKE_MS = 300;

/**
 * The first signal asks to stop, a later one ends the process at once.
 *
 * @param {() => void} onFirst
 * @returns {() => number | null} the exit status, once there was a signal
 */
export function onInterrupt(onFirst) {
  /** @type {{ status: number, at: number } | null} */
  let first = null;
  for (const [signal, status] of Object.entries(EXIT_STATUS)) {
    process.on(signal, () => {
      const now = performance.now();
      if (first === null) {
        first = { status, at: now };
        onFirst();
      } else if (now - first.at > SAME_KEYSTROKE_MS) {
        process.exit(status);
      }
    });
  }
  return () => first && first.status;
}
