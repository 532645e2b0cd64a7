// Where results go, and everything else.

/** Standard output and standard error, either of which may be closed by its reader at any time. */
export class Output {
  /** @type {Promise<void>} */
  #written = Promise.resolve();
  /** @type {(() => void) | null} */
  #onClosed = null;
  #stdout = open(() => process.stdout);
  #stderr = open(() => process.stderr);

  /** @param {() => void} listener called once when a result could not be written */
  onClosed(listener) {
    this.#onClosed = listener;
  }

  /**
   * A line that must not be lost: what standard output does not take goes to standard error.
   * @param {string} line
   */
  result(line) {
    this.#written = new Promise((resolve) => {
      this.#stdout().write(`${line}\n`, (error) => {
        if (error) this.#redirect(line);
        resolve();
      });
    });
  }

  /** @param {string} line */
  #redirect(line) {
    this.#onClosed?.();
    this.#onClosed = null;
    this.note(line);
  }

  /** When all results have been written, to one or the other. */
  get written() {
    return this.#written;
  }

  /** @param {string} line what is not a result */
  note(line) {
    this.#stderr().write(`${line}\n`);
  }

  /** @param {string} text all that there is to say, which a reader may leave early */
  text(text) {
    this.#stdout().write(text);
  }

  get hasColors() {
    return isScreen(this.#stdout()) && !process.env.NO_COLOR;
  }

  /** Standard error, if it can show something that moves. */
  get screen() {
    const stderr = this.#stderr();
    return isScreen(stderr) ? stderr : null;
  }
}

/**
 * A stream takes a while to open, and most runs need one of the two.
 *
 * @param {() => NodeJS.WriteStream} stream
 * @returns {() => NodeJS.WriteStream}
 */
function open(stream) {
  /** @type {NodeJS.WriteStream | undefined} */
  let opened;
  // A write hears of its own failure; when standard error is closed, there is nobody left to tell.
  return () => (opened ??= stream().on("error", () => {}));
}

/** @param {NodeJS.WriteStream} stream */
function isScreen(stream) {
  return stream.isTTY && process.env.TERM !== "dumb";
}
