// What the guard says, on standard error.
import { write } from "node:fs";
import { NAME } from "../failure.ts";

const STDERR = 2;

/** A reader that has left must not end the guard, and one that does not read must not hold it up: so lines are written aside. */
export class Speech {
  #last: Promise<void> = Promise.resolve();

  say(line: string): void {
    const bytes = Buffer.from(`${NAME} guard: ${line}\n`);
    this.#last = this.#last.then(() => new Promise((resolve) => write(STDERR, bytes, () => resolve())));
  }

  /** When all has been said. */
  get said(): Promise<void> {
    return this.#last;
  }
}
