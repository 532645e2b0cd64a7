import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cancel, commands } from "../../js/cli/commands.ts";
import { EXAMPLE_UUID } from "../practice/sign.js";
import { exchangeFor, keys, runAt, runCli } from "./run-cli.js";

/** @param {import("./run-cli.js").Ended} ended @param {RegExp} message */
function assertUsageError({ status, stdout, stderr }, message) {
  assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
  assert.match(stderr, message);
  assert.match(stderr, /^upbit-cancel-order: /);
  assert.doesNotMatch(stderr, /\n +at /, "a stack is no help to a user");
}

test("--help prints a manual page of at most 80 columns", async () => {
  const { status, stdout, stderr } = await runCli(["--help"]);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  for (const option of Object.keys(cancel.options))
    assert.match(stdout, new RegExp(`^ +--${option}\\b`, "m"));
  for (const part of ["NAME", "SYNOPSIS", "ENVIRONMENT", "EXIT STATUS", "EXAMPLES"]) {
    assert.match(stdout, new RegExp(`^${part}$`, "m"));
  }
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
  assert.equal((await runCli(["-h"])).stdout, stdout);
});

test("every command has a manual page of at most 80 columns with all its options", async () => {
  for (const [command, { options }] of Object.entries(commands)) {
    const { status, stdout, stderr } = await runCli([command, "--help"]);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    assert.match(stdout, new RegExp(`^NAME\n +upbit-cancel-order ${command} - `));
    assert.match(stdout, new RegExp(`^ +upbit-cancel-order ${command}\\b`, "m"));
    assert.match(stdout, /^EXIT STATUS$/m);
    if (command !== "completion") {
      for (const option of Object.keys(options))
        assert.ok(stdout.includes(`--${option}`), `${command} --${option}`);
    }
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
  }
});

test("--version prints the version of the package", async () => {
  const manifest = new URL("../../pkg/package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, "utf8"));
  assert.deepEqual(await runCli(["--version"]), { status: 0, stdout: `${version}\n`, stderr: "" });
});

/** @type {[string[], RegExp][]} */
const WRONG = [
  [[], /No order was given/],
  [["--everything", "--yes"], /Option '--everything' belongs to other commands: all, guard\n/],
  [["--frobnicate", EXAMPLE_UUID], /--frobnicate/],
  [["-x"], /-x/],
  [["--identifier"], /--identifier/],
  [["--file", "--json"], /--file/],
  [["--json=yes", EXAMPLE_UUID], /--json/],
  [["--identifier", "", EXAMPLE_UUID], /argument \d+: the identifier is empty/],
  [[EXAMPLE_UUID, EXAMPLE_UUID.slice(1)], /argument 4: not a UUID/],
  [[`{${EXAMPLE_UUID}}`], /not a UUID/],
  [["practise"], /'practise' is not a UUID or a command: did you mean 'practice'\?/],
  [["lst"], /'lst' is not a UUID or a command: did you mean 'list'\?/],
  [["identifier=x"], /'identifier=x' is not a UUID: did you mean '--identifier x'\?/],
  [[`uuid=${EXAMPLE_UUID}`], new RegExp(`did you mean '${EXAMPLE_UUID}'\\?`)],
  [["cancel", EXAMPLE_UUID], /give the UUIDs without a command/],
  [["--regoin", "sg", EXAMPLE_UUID], /Unknown option '--regoin': did you mean --region\?/],
  [["--dryrun", EXAMPLE_UUID], /'--dryrun': did you mean --dry-run\?/],
  [["list", "--markt", "SGD-BTC"], /'--markt': did you mean --market\?/],
  [["--confirm", "5", EXAMPLE_UUID], /'5' is not a UUID: did you mean '--confirm=5'\?/],
  [["--confirm=", EXAMPLE_UUID], /--confirm' must be a number of seconds/],
  [["--confirm=-1", EXAMPLE_UUID], /--confirm' must be a number of seconds/],
  [["--", "--json"], /not a UUID/],
  [["--file", "/dev/null"], /contains no orders/],
  [["--file", "/no/such/file"], /\/no\/such\/file: no such file/],
  [["--file", "/"], /\/: is a directory/],
  [["--region", "sg", EXAMPLE_UUID], /Use only one of --region and --base-url/],
  [["--base-url", "http://127.0.0.1:1", EXAMPLE_UUID], /--base-url' was given more than once/],
];

test("wrong usage: exit status 2, one line, a hint to --help, nothing sent", async (t) => {
  const exchange = await exchangeFor(t);
  for (const [args, message] of WRONG) {
    await t.test(args.join(" ") || "(nothing)", async () => {
      const ended = await runAt(exchange, args);
      assertUsageError(ended, message);
      const command = args[0] === "list" ? " list" : "";
      assert.ok(ended.stderr.endsWith(`\nTry 'upbit-cancel-order${command} --help'.\n`), ended.stderr);
    });
  }
  assert.equal(exchange.counts.total, 0);
});

test("invalid ports are refused", async () => {
  for (const port of ["x", "-1", "65536", "", "1e3"]) {
    assertUsageError(await runCli(["practice", `--port=${port}`]), /--port/);
    assertUsageError(await runCli(["dashboard", `--port=${port}`]), /--port/);
  }
  assertUsageError(await runCli(["practice", EXAMPLE_UUID]), /argument 2: this command only takes options/);
  assertUsageError(await runCli(["practice", "--orders=many"]), /--orders' must be a whole number/);
  assertUsageError(await runCli(["dashboard", "--orders", "5"]), /--orders' needs --practice/);
});

test("keys in arguments are refused and not repeated", async () => {
  for (const name of ["--secret-key", "--secret", "--access-key", "--api-key", "--token", "-secret"]) {
    for (const args of [[name, "hunter2"], [`${name}=hunter2`]]) {
      const ended = await runCli([...args, EXAMPLE_UUID]);
      assertUsageError(ended, /cannot be given as arguments/);
      assert.match(ended.stderr, /UPBIT_SECRET_KEY/);
      assert.ok(!ended.stderr.includes("hunter2"));
    }
  }
});

test("the secret key in another place is neither sent nor printed", async (t) => {
  const exchange = await exchangeFor(t);
  const { secretKey } = keys;
  const at = [
    [secretKey],
    ["--identifier", `mine-${secretKey}`],
    ["--file", secretKey],
    ["--base-url", `${exchange.url}/${secretKey}`, EXAMPLE_UUID],
    [`--${secretKey}`],
  ];
  for (const args of at) assertUsageError(await runCli(args), /contains the secret key/);
  const input = `identifier=${secretKey}\n`;
  assertUsageError(await runAt(exchange, ["--dry-run", "--file", "-"], { input }), /contains the secret key/);
  assert.equal(exchange.counts.total, 0);
});

test("a key with a line break is refused and not repeated", async (t) => {
  const exchange = await exchangeFor(t);
  for (const name of ["UPBIT_ACCESS_KEY", "UPBIT_SECRET_KEY"]) {
    for (const key of ["hunter2\n", "hun\rter2"]) {
      const ended = await runAt(exchange, [EXAMPLE_UUID], { env: { [name]: key } });
      assertUsageError(ended, new RegExp(`: ${name} contains a line break\n`));
      assert.doesNotMatch(ended.stderr, /hun/);
    }
  }
  assert.equal(exchange.counts.total, 0);
});

test("everything that is missing is reported at once, with a hint to the practice exchange", async () => {
  const at = ["--region", "sg", EXAMPLE_UUID];
  for (const name of ["UPBIT_ACCESS_KEY", "UPBIT_SECRET_KEY"]) {
    for (const value of [undefined, ""]) {
      const ended = await runCli(at, { env: { [name]: value } });
      assertUsageError(ended, new RegExp(`: ${name} is not set in the environment\n`));
      assert.match(ended.stderr, /upbit-cancel-order practice/);
    }
  }
  const none = { UPBIT_ACCESS_KEY: undefined, UPBIT_SECRET_KEY: undefined };
  const keysMissing = /UPBIT_ACCESS_KEY and UPBIT_SECRET_KEY are not set in the environment\n/;
  assertUsageError(await runCli(at, { env: none }), keysMissing);
  const { stderr } = await runCli(["list"], { env: none });
  assert.match(stderr, keysMissing);
  for (const name of ["--region", "UPBIT_REGION", "--base-url", "UPBIT_BASE_URL"])
    assert.ok(stderr.includes(name), name);
});

/** Where a run would send, with these options and variables. @param {string[]} args @param {object} env */
async function urlOf(args, env) {
  const all = [...args, "--dry-run", "--json", EXAMPLE_UUID];
  const { stdout, stderr, status } = await runCli(all, { env: { ...env } });
  return status === 0 ? new URL(JSON.parse(stdout).url).origin : stderr;
}

test("the exchange is an option or a variable; both at once are refused", async () => {
  const sg = { UPBIT_REGION: "sg" };
  const relay = { UPBIT_BASE_URL: "https://relay.example" };
  assert.equal(await urlOf([], sg), "https://sg-api.upbit.com");
  assert.equal(await urlOf([], { ...relay, UPBIT_REGION: "" }), "https://relay.example");
  assert.equal(await urlOf(["--region", "kr"], sg), "https://api.upbit.com");
  assert.equal(await urlOf(["--region", "id"], relay), "https://id-api.upbit.com");
  assert.equal(
    await urlOf(["--base-url", "http://localhost:8788"], { ...sg, ...relay }),
    "http://localhost:8788",
  );
  assert.match(await urlOf([], { ...sg, ...relay }), /Use only one of UPBIT_REGION and UPBIT_BASE_URL/);
  assert.match(await urlOf([], {}), /--region sg, id, th or kr/);
});

test("an invalid region is refused, with or without keys, with the name of its option or variable", async () => {
  const none = { UPBIT_ACCESS_KEY: undefined, UPBIT_SECRET_KEY: undefined };
  const message = /^upbit-cancel-order: --region must be sg \(Singapore\), .* or kr \(Korea\)\n/;
  for (const env of [{}, none])
    assertUsageError(await runCli(["--region", "jp", EXAMPLE_UUID], { env }), message);
  assertUsageError(await runCli(["list"], { env: { UPBIT_REGION: "SG" } }), /: UPBIT_REGION must be sg /);
});

test("configuration errors of the package use the command line's names", async () => {
  const plain = await runCli(["--base-url", "http://upbit.example", EXAMPLE_UUID]);
  assertUsageError(plain, /the base URL must be https:/);
});
