// Decides what the guard does next, from the time and the events that it is given. Pure: has no side effects.

/** The end of a command. */
export interface End {
  status: number;
  /** Null if it exited without a signal. */
  signal: NodeJS.Signals | null;
}

/** The result of one round of canceling. */
export interface Round {
  /** The number of orders that were open at its start. */
  found: number;
  /** Whether the last list of the round was empty. */
  clean: boolean;
  /** The pause that the exchange asked for. */
  retryAfterMs: number | null;
}

export type Step =
  | { do: "wait"; until: number }
  | { do: "signal"; signal: "SIGTERM" | "SIGKILL" }
  | { do: "cancel"; forMs: number }
  | { do: "end"; clean: boolean };

/** From SIGTERM to SIGKILL. */
const KILL_AFTER_MS = 5000;
/** An order that was in flight when the command ended may appear this late. */
const RECHECK_AFTER_MS = 2000;
const TRY_FOR_MS = 60_000;
const SHORTEST_ROUND_MS = 5000;
/** A round that overruns its time by this much is considered stuck. */
const ROUND_STUCK_MS = 2000;
const PAUSES_MS = [250, 500, 1000, 2000];

export class Plan {
  #always: boolean;
  /** When canceling became necessary. */
  #neededAt: number | null = null;
  #endedAt: number | null = null;
  #stopping: { askedAt: number | null; killed: boolean } | null = null;
  /** The latest end of the current round; null between rounds. */
  #roundOverAt: number | null = null;
  /** The start of the next round. */
  #roundAt = Number.POSITIVE_INFINITY;
  #failures = 0;
  /** Whether the last round was clean and began after the end of the command. */
  #clean = false;
  #done = false;

  constructor(always: boolean) {
    this.#always = always;
  }

  /** The heartbeat is missing: the command must be stopped. */
  heartbeatLost(now: number): void {
    if (this.#endedAt !== null || this.#stopping !== null) return;
    this.#stopping = { askedAt: null, killed: false };
    this.#neededAt = now;
    this.#roundAt = now;
  }

  commandEnded(now: number, { status, signal }: End): void {
    this.#endedAt = now;
    if (status === 0 && signal === null && !this.#always && this.#neededAt === null) {
      this.#done = true;
      this.#clean = true;
      return;
    }
    this.#neededAt ??= now;
    // Even during a round, because the orders may have changed since its list.
    this.#roundAt = now;
    this.#failures = 0;
  }

  roundEnded(now: number, { found, clean, retryAfterMs }: Round, beganAt: number): void {
    this.#roundOverAt = null;
    const afterEnd = this.#endedAt !== null && beganAt >= this.#endedAt;
    if (!clean) {
      const pause = PAUSES_MS[Math.min(this.#failures, PAUSES_MS.length - 1)] ?? 0;
      this.#failures += 1;
      this.#clean = false;
      this.#roundAt = Math.max(this.#roundAt, now + Math.max(pause, retryAfterMs ?? 0));
    } else if (afterEnd) {
      // Repeat until a round finds no order.
      this.#done = this.#clean && found === 0;
      this.#clean = true;
      this.#failures = 0;
      this.#roundAt = now + RECHECK_AFTER_MS;
    } else if (this.#endedAt === null) {
      this.#roundAt = Number.POSITIVE_INFINITY;
    }
  }

  next(now: number): Step {
    if (this.#done) return { do: "end", clean: this.#clean };
    if (this.#neededAt === null) return { do: "wait", until: Number.POSITIVE_INFINITY };
    const signal = this.#signalDue(now);
    if (signal) return { do: "signal", signal };
    if (this.#roundOverAt !== null) {
      if (now >= this.#roundOverAt) return { do: "end", clean: false };
      return { do: "wait", until: Math.min(this.#killAt(), this.#roundOverAt) };
    }
    // After a clean round, allow the check that follows it.
    const limit = (this.#endedAt ?? this.#neededAt) + TRY_FOR_MS + (this.#clean ? RECHECK_AFTER_MS : 0);
    if (now >= this.#roundAt && now <= limit) {
      const forMs = Math.max(limit - now, SHORTEST_ROUND_MS);
      this.#roundOverAt = now + forMs + ROUND_STUCK_MS;
      this.#roundAt = Number.NEGATIVE_INFINITY;
      return { do: "cancel", forMs };
    }
    if (now >= limit) return { do: "end", clean: false };
    return { do: "wait", until: Math.min(this.#roundAt, this.#killAt(), limit) };
  }

  #signalDue(now: number): "SIGTERM" | "SIGKILL" | null {
    const stopping = this.#stopping;
    if (stopping === null || this.#endedAt !== null) return null;
    if (stopping.askedAt === null) {
      stopping.askedAt = now;
      return "SIGTERM";
    }
    if (now < this.#killAt()) return null;
    stopping.killed = true;
    return "SIGKILL";
  }

  #killAt(): number {
    const { askedAt = null, killed = false } = this.#stopping ?? {};
    if (askedAt === null || killed || this.#endedAt !== null) return Number.POSITIVE_INFINITY;
    return askedAt + KILL_AFTER_MS;
  }
}
