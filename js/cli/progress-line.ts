// A progress line on a terminal.

const WIDEST_BAR = 30;
const NARROWEST_BAR = 5;
const ERASE_LINE = "\r\x1b[K";
const TICK_MS = 1000;

interface Counts {
  done: number;
  total: number;
  failed: number;
}

/** Must be erased before anything else is written to the terminal. */
export class ProgressLine {
  #stream: NodeJS.WriteStream | null;
  #since = performance.now();
  #label: string;
  #counts: Counts | null;
  #tick: NodeJS.Timeout | undefined;
  #drawn = false;

  /**
   * Appears after a second, unless it has ended.
   *
   * @param stream A terminal, or null.
   * @param label What the command is waiting for.
   * @param counts Shows a progress bar.
   */
  constructor(stream: NodeJS.WriteStream | null, label: string, counts: Counts | null = null) {
    this.#stream = stream;
    this.#label = label;
    this.#counts = counts;
    if (stream) this.#tick = setInterval(() => this.draw(), TICK_MS).unref();
  }

  count(counts: Counts): void {
    this.#counts = counts;
    this.draw();
  }

  draw(): void {
    if (!this.#stream) return;
    // A line that wraps could not be erased.
    const columns = this.#stream.columns || 80;
    const seconds = (performance.now() - this.#since) / 1000;
    const line = this.#counts
      ? withBar(this.#counts, seconds, columns)
      : `${this.#label}, ${timeText(seconds)}`;
    this.#stream.write(ERASE_LINE + line.slice(0, columns - 1));
    this.#drawn = true;
  }

  erase(): void {
    if (this.#drawn) this.#stream?.write(ERASE_LINE);
    this.#drawn = false;
  }

  end(): void {
    clearInterval(this.#tick);
    this.erase();
    this.#stream = null;
  }
}

function withBar(counts: Counts, seconds: number, columns: number): string {
  const text = progressText(counts, seconds);
  const width = Math.min(WIDEST_BAR, columns - text.length - "[]  ".length - 1);
  if (width < NARROWEST_BAR) return text;
  const filled = Math.round((counts.done / counts.total) * width);
  return `[${"=".repeat(filled)}${" ".repeat(width - filled)}]  ${text}`;
}

function progressText({ done, total, failed }: Counts, seconds: number): string {
  const rate = done / seconds;
  const left = done === 0 ? timeText(seconds) : `${timeText((total - done) / rate)} left`;
  const parts = [`${done}/${total}`, `${Math.round(rate)}/s`, left];
  return (failed > 0 ? [...parts, `${failed} failed`] : parts).join("  ");
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
