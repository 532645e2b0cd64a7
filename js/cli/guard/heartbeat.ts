// The heartbeat: a file that the command must touch regularly.
import { stat } from "node:fs";

/**
 * Measures how long a file has not been touched. Any change of the modification time counts. Only time in which the guard was
 * running counts, not time in which the machine was asleep.
 */
export class HeartbeatMonitor {
  #withinMs: number;
  #longestGapMs: number;
  #checkedAt: number;
  #modified: bigint | null;
  #quietMs = 0;

  /** @param modified The modification time at the start; null if the file is missing. */
  constructor(withinMs: number, now: number, modified: bigint | null) {
    this.#withinMs = withinMs;
    this.#longestGapMs = checkEveryMs(withinMs) + 1000;
    this.#checkedAt = now;
    this.#modified = modified;
  }

  /** @returns Whether the file has not been touched for too long. */
  check(now: number, modified: bigint | null): boolean {
    this.#quietMs += Math.min(now - this.#checkedAt, this.#longestGapMs);
    this.#checkedAt = now;
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
 * Checks the file regularly until it has not been touched for too long.
 *
 * @param modified Its modification time before the command was started.
 */
export function watchHeartbeat(
  { path, withinMs }: HeartbeatFile,
  modified: bigint | null,
  onLost: () => void,
): void {
  const monitor = new HeartbeatMonitor(withinMs, performance.now(), modified);
  let last = modified;
  let checking = false;
  const timer = setInterval(() => {
    // If the file system does not respond, the file counts as unchanged.
    if (monitor.check(performance.now(), last)) {
      clearInterval(timer);
      onLost();
    }
    if (checking) return;
    checking = true;
    void modificationTime(path).then((modified) => {
      checking = false;
      last = modified;
    });
  }, checkEveryMs(withinMs));
}

function checkEveryMs(withinMs: number): number {
  return Math.min(Math.max(withinMs / 5, 20), 500);
}

/** Null if the file is missing. */
export function modificationTime(path: string): Promise<bigint | null> {
  return new Promise((resolve) =>
    stat(path, { bigint: true }, (error, stats) => resolve(error ? null : stats.mtimeNs)),
  );
}
