// What was probably meant by a word that is not known.

/** Words of other programs. */
const MEANT: Record<string, string> = {
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

/** The known word that is nearest to a typed one, if any is near. */
export function nearest(typed: string, known: Iterable<string>): string | null {
  const words = [...known];
  const meant = MEANT[typed];
  if (meant !== undefined && (words.includes(meant) || meant === "--help" || meant === "--version"))
    return meant;
  const begun = typed.replace(/^-+/, "").length >= 2 ? words.filter((word) => word.startsWith(typed)) : [];
  if (begun.length === 1) return begun[0] ?? null;
  let best: string | null = null;
  // One mistake in a short word, two in a longer one.
  let limit = typed.length < 5 ? 2 : 3;
  for (const word of words) {
    const distance = mistakes(typed.toLowerCase(), word);
    if (distance < limit) [best, limit] = [word, distance];
  }
  return best;
}

/** The option that was probably meant by an argument that stands where none can. Its value is no key, so it can be repeated. */
export function optionMeant(argument: string): string | null {
  const [, name = "", value = ""] = /^(identifier|uuid|market|side|file|region)=(.+)$/i.exec(argument) ?? [];
  if (name.toLowerCase() === "uuid") return value;
  if (name !== "") return `--${name.toLowerCase()} ${value}`;
  if (/^[A-Z]{3,5}-[A-Z0-9]{2,10}$/.test(argument)) return `--market ${argument}`;
  return /^\d{1,5}$/.test(argument) ? `--confirm=${argument}` : null;
}

/** Letters left out, added, changed or swapped with their neighbour: the distance of Damerau and Levenshtein. */
function mistakes(a: string, b: string): number {
  // Of a long text, such as a key, nothing is compared.
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
