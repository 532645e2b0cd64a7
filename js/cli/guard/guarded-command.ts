// The guarded command: starts it, forwards signals, and reports its end.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { UsageError } from "../failure.ts";
import { escaped } from "../terminal-text.ts";
import type { End } from "./plan.ts";

/** Signals that are forwarded. A terminal sends the last two, which would otherwise end the guard. */
const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGWINCH"] as const;

const ON_WINDOWS = process.platform === "win32";

export class GuardedCommand {
  #child: ChildProcess;
  /** Rejects if the program cannot be started. */
  readonly started: Promise<unknown>;
  readonly ended: Promise<End>;

  /**
   * Starts the command with the guard's input and output, in a separate session, so that a signal to one process group does not
   * reach the other. Ctrl-C reaches the command once, through the guard.
   */
  constructor(program: string, args: string[]) {
    // Before the command starts, so that no signal can end only the guard.
    for (const signal of FORWARDED) process.on(signal, () => this.signal(signal));
    // A suspended guard could not cancel.
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

  /** Sends a signal to the command's process group. */
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
