// Text for terminals: escaping, width, columns and colors.

const COLOR = /\x1b\[[\d;]*m/g;

/** C0, DEL, C1, line separators, and text direction characters. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Zero width: combining marks and joiners. */
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Two columns wide: Hangul, CJK, full-width forms, emoji. */
const TWO_WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** Escapes characters that could control the terminal as `\uXXXX`. In JSON these occur only in strings, so it stays valid. */
export function escaped(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Quotes what the user typed, shortened. */
export function quoted(text: string): string {
  const short = [...text].length > 60 ? `${[...text].slice(0, 59).join("")}…` : text;
  return `'${escaped(short)}'`;
}

/** One line of JSON. */
export function jsonText(value: unknown): string {
  return escaped(JSON.stringify(value));
}

/** The width of a text in columns, without its color codes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text.replace(COLOR, ""))
    if (!NO_WIDTH.test(character)) width += TWO_WIDE.test(character) ? 2 : 1;
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Cuts a text to a width, with an ellipsis. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * Aligns rows in columns.
 *
 * @param right Columns that are aligned to the right.
 */
export function columns(rows: string[][], right: number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
  }
  return rows.map((row) => {
    const cells = row.map((cell, at) => (right.includes(at) ? padStart : padEnd)(cell, widths[at] ?? 0));
    return cells
      .filter((_, at) => widths[at] !== 0)
      .join("  ")
      .trimEnd();
  });
}

/** Wraps a text at spaces. Continuation lines are indented by four spaces. */
export function wrapped(text: string, width: number): string {
  const lines = [""];
  for (const word of text.split(/(?<=\S)(?= )/)) {
    const line = lines.at(-1) ?? "";
    const fits = widthOf(line + word) <= width || line.trim() === "";
    if (fits) lines[lines.length - 1] = line + word;
    else lines.push(`    ${word.trimStart()}`);
  }
  return lines.join("\n");
}

/** Joins two texts in one line, or in two if they do not fit. */
export function sideBySide(first: string, second: string, width: number): string {
  const line = `${first}  ${second}`;
  return widthOf(line) <= width ? line : `${first}\n${wrapped(`    ${second}`, width)}`;
}

/** The three outcomes of a cancellation, in the colors of the page. */
const STYLES = { canceled: ["32", "39"], "not canceled": ["33", "39"], UNKNOWN: ["1;7;31", "0"] } as const;

export type Verdict = keyof typeof STYLES;

export function colored(verdict: Verdict): string {
  const [begin, end] = STYLES[verdict];
  return `\x1b[${begin}m${verdict}\x1b[${end}m`;
}
