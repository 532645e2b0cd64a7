// Imports have one direction: no file imports another that imports it, be it by way of others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { circle, rustImports, scriptImports, sourcesIn } from "./imports.js";

test("the crate has no import cycle", () => {
  const imports = rustImports(sourcesIn(["src"], /\.rs$/));
  assert.ok([...imports.values()].flat().length > imports.size);
  assert.deepEqual(circle(imports), []);
});

test("TypeScript and JavaScript have no import cycle", () => {
  const imports = scriptImports(sourcesIn(["js", "www", "scripts", "bench", "tests"], /\.m?[jt]s$/));
  assert.ok([...imports.values()].flat().length > imports.size);
  assert.deepEqual(circle(imports), []);
});

test("a cycle is found, also through other files", () => {
  assert.deepEqual(
    circle(
      new Map([
        ["a", ["b"]],
        ["b", ["c", "d"]],
        ["c", []],
        ["d", ["b"]],
      ]),
    ),
    ["b", "d", "b"],
  );
  assert.deepEqual(
    circle(
      new Map([
        ["a", ["b", "c"]],
        ["b", ["c"]],
        ["c", []],
      ]),
    ),
    [],
  );
});

test("the imports of TypeScript are read", () => {
  const text = `import type { A } from "./a.ts";\nexport { b } from "../b.ts";\nimport "node:fs";\nawait import("./c.ts");`;
  assert.deepEqual(scriptImports(new Map([["js/x/y.ts", text]])).get("js/x/y.ts"), [
    "js/x/a.ts",
    "js/b.ts",
    "js/x/c.ts",
  ]);
});

test("the imports of Rust are read", () => {
  const sources = new Map(
    ["src/lib.rs", "src/a.rs", "src/web.rs", "src/web/b.rs", "src/web/c.rs"].map((path) => [path, ""]),
  );
  const importsOf = (/** @type {string} */ path, /** @type {string} */ text) =>
    rustImports(new Map([...sources, [path, text]])).get(path);
  assert.deepEqual(importsOf("src/a.rs", "use crate::web::{self, b::{B, D as E}, c::C};"), [
    "src/web.rs",
    "src/web/b.rs",
    "src/web/c.rs",
  ]);
  assert.deepEqual(importsOf("src/web/b.rs", "use super::c::C; fn f() { crate::a::g(super::Root) }"), [
    "src/web/c.rs",
    "src/a.rs",
    "src/web.rs",
  ]);
  assert.deepEqual(importsOf("src/web.rs", "mod b;\npub use b::B;\nuse std::fmt; // use crate::a::A;"), [
    "src/web/b.rs",
  ]);
  assert.deepEqual(
    importsOf("src/a.rs", "fn f() {}\n#[cfg(test)]\nmod tests {\n use crate::web::c::C;\n}"),
    [],
  );
});
