// What the guard does next. It is told the time and what has happened, and does nothing by itself.

/** How a command ended. */
export interface End {
  status: number;
  /** Null if it ended by itself. */
  signal: NodeJS.Signals | null;
}

/** What a round of cancelling came to. */
export interface Round {
  /** Orders that were open when it began. */
  found: number;
  /** The last list of the round held none of them. */
  clean: boolean;
  /** How long the exchange wants to be left alone. */
  retryAfterMs: number | null;
}

export type Step =
  | { do: "wait"; until: number }
  | { do: "signal"; signal: "SIGTERM" | "SIGKILL" }
  | { do: "cancel"; forMs: number }
  | { do: "end"; clean: boolean };

/** From the request to end to the order to end. */
const KILL_AFTER_MS = 5000;
/** An order that was on its way when the command ended may show up as late as this. */
const LOOK_AFTER_MS = 2000;
const TRY_FOR_MS = 60_000;
const SHORTEST_ROUND_MS = 5000;
/** A round that goes on for so long after its time does not end at all. */
const ROUND_STUCK_MS = 2000;
const PAUSES_MS = [250, 500, 1000, 2000];

export class Plan {
  #always: boolean;
  /** When the need to cancel arose. */
  #neededAt: number | null = null;
  #endedAt: number | null = null;
  #stopping: { askedAt: number | null; killed: boolean } | null = null;
  /** While a round is under way: when it is over at the latest. */
  #roundOverAt: number | null = null;
  /** The next round begins then. */
  #roundAt = Number.POSITIVE_INFINITY;
  #failures = 0;
  /** The last round was clean, and began after the command had ended. */
  #clean = false;
  /** Nothing is left to do. */
  #done = false;

  constructor(always: boolean) {
    this.#always = always;
  }

  /** The command is not well: it is to be stopped. */
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
    // Also if a round is under way: what it listed may have changed since.
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
      // A look that still finds something is followed by another.
      this.#done = this.#clean && found === 0;
      this.#clean = true;
      this.#failures = 0;
      this.#roundAt = now + LOOK_AFTER_MS;
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
    // After a clean round, the look that follows is still taken.
    const limit = (this.#endedAt ?? this.#neededAt) + TRY_FOR_MS + (this.#clean ? LOOK_AFTER_MS : 0);
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
