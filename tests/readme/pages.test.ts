// The documents lead somewhere, and are short.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { inRoot } from "../../scripts/paths.mjs";
import { documents, read } from "./documents.ts";

interface Link {
  file: string;
  fragment: string;
}

/** Links to files, from the root; without code, where brackets are something else. */
function linksOf(document: string): Link[] {
  const text = read(document)
    .replace(/^```.*?^```/gms, "")
    .replace(/`[^`\n]*`/g, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^https?:/.test(target))
    .map((target) => {
      const [path = "", fragment = ""] = target.split("#");
      return { file: path === "" ? document : normalize(join(dirname(document), path)), fragment };
    });
}

/** As GitHub and npm make them of headings. */
function fragmentsOf(document: string): string[] {
  const headings = read(document).matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number} _-]/gu, "")
      .replace(/ /g, "-"),
  );
}

for (const document of documents) {
  test(`${document}: its links lead somewhere`, () => {
    const isPublished = existsSync(inRoot("pkg", document));
    const broken = linksOf(document).filter(
      ({ file, fragment }) =>
        !existsSync(inRoot(isPublished ? "pkg" : "", file)) ||
        (fragment !== "" && !fragmentsOf(file).includes(fragment)),
    );
    assert.deepEqual(broken, []);
  });
}

/** A file that CONTRIBUTING makes up, to show how an endpoint is added. */
const MADE_UP = "src/endpoints/list_closed_orders.rs";

test("the files and folders of this repository that are named exist", () => {
  const named = documents.flatMap(
    (document) => read(document).match(/(?<![\w./~-])(?:src|js|www|tests|scripts)\/[\w./-]*\w/g) ?? [],
  );
  assert.ok(named.length > 30);
  assert.deepEqual(
    named.filter((path) => path !== MADE_UP && !existsSync(inRoot(path))),
    [],
  );
});

test("every error kind has a row in the READMEs and in docs/errors.md", () => {
  const [, union = ""] = /readonly kind:([^;]*);/.exec(read("js/index.d.ts")) ?? [];
  const kinds = union.match(/\w+/g) ?? [];
  assert.equal(kinds.length, 10);
  for (const document of ["README.md", "README.ko.md", "docs/errors.md"]) {
    const rows = [...read(document).matchAll(/^\| `(\w+)` +\|/gm)].map(([, kind = ""]) => kind);
    assert.deepEqual(
      kinds.filter((kind) => !rows.includes(kind)),
      [],
      document,
    );
  }
});

test("READMEs and pages of docs/ have a limited length", () => {
  const lines = (document: string) => read(document).split("\n").length - 1;
  const long = documents.filter((document) => lines(document) > (document.startsWith("README") ? 150 : 250));
  assert.deepEqual(long, []);
});

test("the Korean README has the same sections and code blocks", () => {
  const parts = (document: string) => read(document).match(/^(#+(?= )|```\w*)/gm);
  assert.deepEqual(parts("README.ko.md"), parts("README.md"));
});
