// The guard's messages on standard error.
import { write } from "node:fs";
import { NAME } from "../failure.ts";

const STDERR = 2;

/** Writes lines asynchronously, so that a closed or blocked reader can neither end nor delay the guard. */
export class GuardLog {
  #last: Promise<void> = Promise.resolve();

  write(line: string): void {
    const bytes = Buffer.from(`${NAME} guard: ${line}\n`);
    this.#last = this.#last.then(() => new Promise((resolve) => write(STDERR, bytes, () => resolve())));
  }

  /** Resolves when all lines have been written. */
  get written(): Promise<void> {
    return this.#last;
  }
}
