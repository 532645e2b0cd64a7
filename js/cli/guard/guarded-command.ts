// The command that is guarded: started, told signals, and heard of when it has ended.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { UsageError } from "../failure.ts";
import { escaped } from "../terminal-text.ts";
import type { End } from "./plan.ts";

/** What is passed on. A terminal sends the last two; they would end the guard, too. */
const PASSED_ON = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGWINCH"] as const;

const ON_WINDOWS = process.platform === "win32";

export class GuardedCommand {
  #child: ChildProcess;
  /** Rejects if there is no such program. */
  readonly started: Promise<unknown>;
  readonly ended: Promise<End>;

  /**
   * With the guard's own input and output, in a session of its own: so a signal to the group of one does not reach the other, and
   * Ctrl-C reaches the command once, by way of the guard.
   */
  constructor(program: string, args: string[]) {
    // Before there is a command: from its first moment on, no signal may end the guard alone.
    for (const signal of PASSED_ON) process.on(signal, () => this.signal(signal));
    // A guard that is suspended does not guard.
    process.on("SIGTSTP", () => {});
    this.#child = spawn(program, args, { stdio: "inherit", detached: !ON_WINDOWS });
    this.started = once(this.#child, "spawn").catch((error: NodeJS.ErrnoException) => {
      const why = error.code === "ENOENT" ? "no such program" : (error.code ?? error.message);
      throw new UsageError(`${escaped(program)} cannot be started: ${why}`);
    });
    this.ended = new Promise((resolve) => {
      this.#child.once("exit", (code, signal) => {
        resolve({ status: signal === null ? (code ?? 1) : 128 + constants.signals[signal], signal });
      });
    });
  }

  /** To the command and to those of its children that have no group of their own. */
  signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    try {
      process.kill(ON_WINDOWS ? pid : -pid, signal);
    } catch {
      // It has just ended.
    }
  }
}
