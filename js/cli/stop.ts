// How a run that cancels is stopped: by Ctrl-C, by service managers, by a closed terminal or pipe.
import type { UpbitClient } from "upbit-cancel-order";
import type { Output } from "./output.ts";
import type { Report } from "./report.ts";

const EXIT_STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const SIGNALS = Object.keys(EXIT_STATUS) as (keyof typeof EXIT_STATUS)[];

/** How long answers are waited for that are under way when the user wants to stop. */
const GRACE_MS = 1500;

/** npm and npx pass on a Ctrl-C that the terminal has sent to this process already. */
const SAME_KEYSTROKE_MS = 300;

/**
 * Stops in steps. A closed client sends nothing more but lets what is under way come to its end, so that the user learns what
 * became of it; an abort leaves it `unknown`, and is for what has not ended in time. A second signal ends the process.
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
      report.stopping(`Standard output ${why}: stopping. What it missed follows.`);
      this.#begin();
    });
  }

  /** For the calls that are to be stopped. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Nothing more is to be begun. */
  get begun(): boolean {
    return this.#grace !== undefined;
  }

  /** The exit status, once there was a signal. */
  get status(): number | null {
    return this.#first?.status ?? null;
  }

  #onSignal(status: number, report: Report): void {
    const now = performance.now();
    if (this.#first === null) {
      this.#first = { status, at: now };
      report.stopping("Stopping: waiting for answers that are under way. Ctrl-C again leaves at once.");
      this.#begin();
    } else if (now - this.#first.at > SAME_KEYSTROKE_MS) {
      // Should the output be stuck, one more signal ends the process whatever it is doing.
      for (const signal of SIGNALS) process.removeAllListeners(signal);
      void report.leave().then(() => process.exit(status));
    }
  }

  #begin(): void {
    this.#client.close();
    // A pipe can turn out to be closed after the end: that must not hold the process up.
    this.#grace ??= setTimeout(() => this.#abort.abort(), GRACE_MS).unref();
  }
}
