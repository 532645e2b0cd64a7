// The files of the page, read once at the start, and its session data.
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import type { Exchange } from "../practice/exchange.ts";
import { type Answer, jsonAnswer, Refusal } from "./answers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** In the package, `www/` and `index.js` are in the same folder as the bundle of this module. */
const FOLDER = new URL("./www/", import.meta.url);
const LIBRARY = new URL("./index.js", import.meta.url);

export class PageFiles {
  readonly #byPath: ReadonlyMap<string, Answer>;

  /** @param exchange the practice exchange, whose public keys are sent to the page */
  constructor(exchange: Exchange | null) {
    const names = readdirSync(FOLDER).filter((name) => extname(name) in TYPES);
    this.#byPath = new Map([
      ...names.map((name) => [`/${name}`, fileAnswer(new URL(name, FOLDER))] as const),
      ["/", fileAnswer(new URL("index.html", FOLDER))],
      ["/upbit-cancel-order.js", fileAnswer(LIBRARY)],
      ["/session.json", jsonAnswer(200, { practice: exchange?.keys.trader ?? null })],
    ]);
  }

  /** @param path not decoded; only these exact paths exist */
  find(path: string): Answer {
    const file = this.#byPath.get(path);
    if (file === undefined) throw new Refusal(404, "not_found", "The dashboard has no such file.");
    return file;
  }
}

function fileAnswer(url: URL): Answer {
  const type = TYPES[extname(url.pathname)] ?? "application/octet-stream";
  return { status: 200, headers: { "Content-Type": type }, body: readFileSync(url) };
}
