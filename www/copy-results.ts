// The buttons that copy what the table shows.
import { byId } from "./dom.ts";
import { toCsv, toJson } from "./export-results.ts";
import { counted } from "./words.ts";

/** @param {import("./results.ts").Results} results */
export function attachCopying(results) {
  attach("copy-csv", "CSV", () => toCsv(results.shown), results);
  attach("copy-json", "JSON", () => toJson(results.shown), results);
}

/**
 * @param {string} id
 * @param {string} format
 * @param {() => string} text
 * @param {import("./results.ts").Results} results
 */
function attach(id, format, text, results) {
  const told = byId("copied", HTMLParagraphElement);
  byId(id, HTMLButtonElement).addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      told.textContent = `Copied ${counted(results.shown.length, "result")} as ${format}.`;
    } catch {
      told.textContent = "The browser did not allow copying.";
    }
  });
}
