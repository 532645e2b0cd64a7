// A file that the command touches while it is well.
import { stat } from "node:fs";

/**
 * How long a file has not been touched. Only changes of the modification time count, whatever time it says, and only the time in
 * which somebody looked: a machine that was asleep did not watch, and the command did not run.
 */
export class Quiet {
  #withinMs: number;
  #longestGapMs: number;
  #lookedAt: number;
  #modified: bigint | null;
  #quietMs = 0;

  /** @param modified The modification time at the start; null for a file that is missing. */
  constructor(withinMs: number, now: number, modified: bigint | null) {
    this.#withinMs = withinMs;
    this.#longestGapMs = lookEveryMs(withinMs) + 1000;
    this.#lookedAt = now;
    this.#modified = modified;
  }

  /** @returns Whether the file has been quiet for too long. */
  look(now: number, modified: bigint | null): boolean {
    this.#quietMs += Math.min(now - this.#lookedAt, this.#longestGapMs);
    this.#lookedAt = now;
    if (modified !== null && modified !== this.#modified) {
      this.#modified = modified;
      this.#quietMs = 0;
    }
    return this.#quietMs >= this.#withinMs;
  }
}

export interface HeartbeatFile {
  path: string;
  withinMs: number;
}

/**
 * Looks at the file from now on, until it has been quiet for too long.
 *
 * @param modified Its modification time before the command was started.
 */
export function watchHeartbeat(
  { path, withinMs }: HeartbeatFile,
  modified: bigint | null,
  onLost: () => void,
): void {
  const quiet = new Quiet(withinMs, performance.now(), modified);
  let last = modified;
  let looking = false;
  const timer = setInterval(() => {
    // A file system that does not answer counts as a file that does not change.
    if (quiet.look(performance.now(), last)) {
      clearInterval(timer);
      onLost();
    }
    if (looking) return;
    looking = true;
    void modificationTime(path).then((modified) => {
      looking = false;
      last = modified;
    });
  }, lookEveryMs(withinMs));
}

function lookEveryMs(withinMs: number): number {
  return Math.min(Math.max(withinMs / 5, 20), 500);
}

/** Null for a file that is missing. */
export function modificationTime(path: string): Promise<bigint | null> {
  return new Promise((resolve) =>
    stat(path, { bigint: true }, (error, stats) => resolve(error ? null : stats.mtimeNs)),
  );
}
