// Stops a run that cancels: on Ctrl-C, SIGTERM, or a closed terminal or pipe.
import type { UpbitClient } from "upbit-cancel-order";
import type { Output } from "./output.ts";
import type { Report } from "./report.ts";

const EXIT_STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const SIGNALS = Object.keys(EXIT_STATUS) as (keyof typeof EXIT_STATUS)[];

/** How long to wait for responses to requests in flight. */
const GRACE_MS = 1500;

/** npm and npx forward a Ctrl-C that the terminal has already sent to this process. */
const SAME_KEYSTROKE_MS = 300;

/**
 * Stops in steps. First the client is closed: it sends nothing more, but requests in flight can still get a response. After the
 * grace period an abort makes the rest `unknown`. A second signal ends the process.
 */
export class Stop {
  #client: UpbitClient;
  #abort = new AbortController();
  #grace: NodeJS.Timeout | undefined;
  #first: { status: number; at: number } | null = null;

  constructor(client: UpbitClient, report: Report, output: Output) {
    this.#client = client;
    for (const signal of SIGNALS) process.on(signal, () => this.#onSignal(EXIT_STATUS[signal], report));
    output.onClosed((why) => {
      report.stopping(`Standard output ${why}: stopping. The remaining results follow here.`);
      this.#begin();
    });
  }

  /** Aborts the calls after the grace period. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Whether to stop: start nothing more. */
  get requested(): boolean {
    return this.#grace !== undefined;
  }

  /** The exit status after a signal; otherwise null. */
  get status(): number | null {
    return this.#first?.status ?? null;
  }

  #onSignal(status: number, report: Report): void {
    const now = performance.now();
    if (this.#first === null) {
      this.#first = { status, at: now };
      report.stopping("Stopping: waiting for responses. Press Ctrl-C again to exit at once.");
      this.#begin();
    } else if (now - this.#first.at > SAME_KEYSTROKE_MS) {
      // If the output is stuck, one more signal ends the process.
      for (const signal of SIGNALS) process.removeAllListeners(signal);
      void report.abandon().then(() => process.exit(status));
    }
  }

  #begin(): void {
    this.#client.close();
    // Unref: a pipe that closes after the end must not delay the exit.
    this.#grace ??= setTimeout(() => this.#abort.abort(), GRACE_MS).unref();
  }
}
