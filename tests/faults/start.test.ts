// A start of the WebAssembly that fails: where the page's rules forbid it, or the runtime has none.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { packageFolder, packageUrl } from "../package/installed.js";

/** What browsers say under a Content-Security-Policy without 'wasm-unsafe-eval'. */
const FORBIDDEN = `
  const allowed = { ...Object.getOwnPropertyDescriptors(WebAssembly) };
  const refuse = () => { throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder"); };
  for (const name of ["Module", "compile", "instantiate", "compileStreaming", "instantiateStreaming"]) {
    const value = name === "Module" ? function Module() { refuse(); } : async () => refuse();
    Object.defineProperty(WebAssembly, name, { value, configurable: true, writable: true });
  }
`;

const MISSING = `const allowed = WebAssembly; delete globalThis.WebAssembly;`;

/** Every way into the package; prints what each one meets, as JSON. */
const CALLS = `
  const options = { accessKey: "an-access-key", secretKey: "a-secret-key", baseUrl: "http://127.0.0.1:8" };
  const order = { uuid: "cdd92199-2897-4e14-9448-f923320408ad" };
  const met = [];
  const tell = (error) => {
    const { kind, outcome, attempts, message, hint } = error;
    met.push({ isUpbitError: error instanceof UpbitError, kind, outcome, attempts, text: message + " " + hint });
  };
  for (const call of [
    () => cancelOrder(order, options),
    () => cancelOrders([order], options),
    () => previewRequest(order, options),
    () => new UpbitClient(options),
  ]) {
    try { await call(); } catch (error) { tell(error); }
  }
`;

const NAMES = "cancelOrder, cancelOrders, previewRequest, UpbitClient, UpbitError";

interface Met {
  isUpbitError: boolean;
  kind: string;
  outcome: string;
  attempts: number;
  text: string;
}

function run(file: string, program: string): Met[] {
  const args =
    file === "cjs" ? ["-e", `(async () => {${program}})()`] : ["--input-type=module", "-e", program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

const PRINT = "process.stdout.write(JSON.stringify(met));";
const WAYS = {
  import: ["mjs", `const { ${NAMES} } = await import(${JSON.stringify(packageUrl)});`],
  require: ["cjs", `const { ${NAMES} } = require(${JSON.stringify(join(packageFolder, "index.cjs"))});`],
} as const;

for (const [way, [file, load]] of Object.entries(WAYS)) {
  test(`${way}: where WebAssembly is forbidden, every call says what to allow`, () => {
    const met = run(file, `${FORBIDDEN} ${load} ${CALLS} ${PRINT}`);
    assert.equal(met.length, 4);
    for (const { isUpbitError, outcome, attempts, text } of met) {
      assert.ok(isUpbitError, text);
      assert.deepEqual([outcome, attempts], ["not_canceled", 0]);
      assert.match(text, /'wasm-unsafe-eval'/);
      assert.doesNotMatch(text, /a-secret-key|an-access-key/);
    }
  });

  test(`${way}: where there is no WebAssembly, every call says so`, () => {
    const met = run(file, `${MISSING} ${load} ${CALLS} ${PRINT}`);
    assert.equal(met.length, 4);
    for (const { isUpbitError, text } of met) assert.ok(isUpbitError && /WebAssembly/.test(text), text);
  });
}

test("a start that failed is tried again by the next call", () => {
  const allow = "Object.defineProperties(WebAssembly, allowed);";
  const again = `const client = new UpbitClient(options); client.close(); met.push({ text: typeof client });`;
  const met = run("mjs", `${FORBIDDEN} ${WAYS.import[1]} ${CALLS} ${allow} ${again} ${PRINT}`);
  assert.equal(met.at(-1)?.text, "object");
});
