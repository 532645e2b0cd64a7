// Standard output for results, and standard error for everything else.
import { wrapped } from "./terminal-text.ts";

/** Both streams can be closed by their reader, or run out of space, at any time. */
export class Output {
  #written: Promise<void> = Promise.resolve();
  #onClosed: ((why: string) => void) | null = null;
  #stdout = open(() => process.stdout);
  #stderr = open(() => process.stderr);

  /** Whether a result could not be written to standard output, except because its reader closed it. */
  failed = false;

  /** @param listener Called once if a result could not be written. */
  onClosed(listener: (why: string) => void): void {
    this.#onClosed = listener;
  }

  /** Writes a result. If standard output fails, the line goes to standard error. */
  result(line: string): void {
    this.#written = new Promise((resolve) => {
      this.#stdout().write(`${line}\n`, (error) => {
        if (error) this.#redirect(line, error);
        resolve();
      });
    });
  }

  #redirect(line: string, error: NodeJS.ErrnoException): void {
    const left = error.code === "EPIPE";
    if (!left) this.failed = true;
    this.#onClosed?.(left ? "was closed" : `cannot be written (${error.code})`);
    this.#onClosed = null;
    this.#stderr().write(`${line}\n`);
  }

  /** Resolves when all results have been written to either stream. */
  get written(): Promise<void> {
    return this.#written;
  }

  /** Writes a message to standard error. @param text One or more lines. */
  note(text: string): void {
    const stderr = this.#stderr();
    const lines = text.split("\n").map((line) => wrapped(line, widthOfStream(stderr)));
    stderr.write(`${lines.join("\n")}\n`);
  }

  /** Writes the whole output of a command. Its reader may close it early. @returns The exit status. */
  text(text: string): Promise<number> {
    return new Promise((resolve) => {
      this.#stdout().write(text, (error?: NodeJS.ErrnoException | null) => {
        if (!error || error.code === "EPIPE") return resolve(0);
        this.note(`upbit-cancel-order: standard output cannot be written (${error.code})`);
        resolve(1);
      });
    });
  }

  get hasColors(): boolean {
    return isScreen(this.#stdout()) && !process.env.NO_COLOR;
  }

  /** The width of the terminal for results; infinite without a terminal. */
  get width(): number {
    return widthOfStream(this.#stdout());
  }

  /** Standard error, if it is a terminal that can show progress. */
  get screen(): NodeJS.WriteStream | null {
    const stderr = this.#stderr();
    return isScreen(stderr) ? stderr : null;
  }

  /** Whether a user can be asked. */
  get canAsk(): boolean {
    return process.stdin.isTTY === true && this.#stderr().isTTY === true;
  }
}

/** Opens a stream on first use, because opening takes time and most runs need only one. */
function open(stream: () => NodeJS.WriteStream): () => NodeJS.WriteStream {
  let opened: NodeJS.WriteStream | undefined;
  return () => {
    // Failures are handled by each write. If standard error is closed, nothing can be reported.
    opened ??= stream().on("error", () => {});
    return opened;
  };
}

function isScreen(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env.TERM !== "dumb";
}

function widthOfStream(stream: NodeJS.WriteStream): number {
  return (stream.isTTY && stream.columns) || Number.POSITIVE_INFINITY;
}
