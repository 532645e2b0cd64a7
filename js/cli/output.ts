// Where results go, and everything else.
import { wrapped } from "./terminal-text.ts";

/** Standard output and standard error, either of which may be closed by its reader, or be full, at any time. */
export class Output {
  #written: Promise<void> = Promise.resolve();
  #onClosed: ((why: string) => void) | null = null;
  #stdout = open(() => process.stdout);
  #stderr = open(() => process.stderr);

  /** A result could not be written where it belongs, for another reason than that its reader has left. */
  failed = false;

  /** @param listener Called once, when a result could not be written. */
  onClosed(listener: (why: string) => void): void {
    this.#onClosed = listener;
  }

  /** A line that must not be lost: what standard output does not take goes to standard error. */
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

  /** When all results have been written, to one or the other. */
  get written(): Promise<void> {
    return this.#written;
  }

  /** @param text What is not a result; one line or more. */
  note(text: string): void {
    const stderr = this.#stderr();
    const lines = text.split("\n").map((line) => wrapped(line, widthOfStream(stderr)));
    stderr.write(`${lines.join("\n")}\n`);
  }

  /** All that there is to say, which a reader may leave early. @returns The exit status. */
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

  /** Of the terminal that shows the results; elsewhere lines may be as long as they are. */
  get width(): number {
    return widthOfStream(this.#stdout());
  }

  /** Standard error, if it can show something that moves. */
  get screen(): NodeJS.WriteStream | null {
    const stderr = this.#stderr();
    return isScreen(stderr) ? stderr : null;
  }

  /** Somebody can be asked, and can answer. */
  get canAsk(): boolean {
    return process.stdin.isTTY === true && this.#stderr().isTTY === true;
  }
}

/** A stream takes a while to open, and most runs need one of the two. */
function open(stream: () => NodeJS.WriteStream): () => NodeJS.WriteStream {
  let opened: NodeJS.WriteStream | undefined;
  return () => {
    // A write hears of its own failure; when standard error is closed, there is nobody left to tell.
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
