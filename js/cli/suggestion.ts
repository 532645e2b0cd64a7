// Suggestions for unknown options and commands.

/** Names that other programs use. */
const SYNONYMS: Record<string, string> = {
  help: "--help",
  version: "--version",
  "cancel-all": "all",
  open: "list",
  order: "status",
  get: "status",
  "--symbol": "--market",
  "--pair": "--market",
  "--id": "--identifier",
  "--force": "--yes",
  "--wait": "--confirm",
};

/** The known word that is most similar to a typed one; null if none is similar. */
export function nearest(typed: string, known: Iterable<string>): string | null {
  const words = [...known];
  const meant = SYNONYMS[typed];
  if (meant !== undefined && (words.includes(meant) || meant === "--help" || meant === "--version"))
    return meant;
  const begun = typed.replace(/^-+/, "").length >= 2 ? words.filter((word) => word.startsWith(typed)) : [];
  if (begun.length === 1) return begun[0] ?? null;
  let best: string | null = null;
  // Allow one mistake in a short word, two in a longer one.
  let limit = typed.length < 5 ? 2 : 3;
  for (const word of words) {
    const distance = editDistance(typed.toLowerCase(), word);
    if (distance < limit) [best, limit] = [word, distance];
  }
  return best;
}

/** The option that an unexpected argument was probably meant to be. Its value cannot be a key, so a message can repeat it. */
export function suggestedOption(argument: string): string | null {
  const [, name = "", value = ""] = /^(identifier|uuid|market|side|file|region)=(.+)$/i.exec(argument) ?? [];
  if (name.toLowerCase() === "uuid") return value;
  if (name !== "") return `--${name.toLowerCase()} ${value}`;
  if (/^[A-Z]{3,5}-[A-Z0-9]{2,10}$/.test(argument)) return `--market ${argument}`;
  return /^\d{1,5}$/.test(argument) ? `--confirm=${argument}` : null;
}

/** The Damerau-Levenshtein distance: letters left out, added, changed or swapped. */
function editDistance(a: string, b: string): number {
  // Do not compare long texts, such as keys.
  if (Math.abs(a.length - b.length) > 3) return Number.POSITIVE_INFINITY;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const change = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1));
      (rows[i] as number[])[j] = swapped ? Math.min(change, at(i - 2, j - 2) + 1) : change;
    }
  }
  return at(a.length, b.length);
}
