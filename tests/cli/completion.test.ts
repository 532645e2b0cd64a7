// `completion SHELL`, tried in the shells that are installed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { cancel, commands } from "../../js/cli/commands.ts";
import { runCli } from "./run-cli.js";

const installed = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;

/** What bash offers for the last of these words. */
function offered(script: string, words: string[]): string[] {
  const typed = ["upbit-cancel-order", ...words];
  const ask = `COMP_WORDS=(${typed.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; _upbit_cancel_order; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync("bash", ["-c", `${script}\n${ask}`], {
    encoding: "utf8",
    cwd: "/",
  });
  assert.deepEqual([status, stderr], [0, ""]);
  return stdout.trimEnd().split("\n");
}

test("bash completes commands, options, values and paths", { skip: !installed("bash") }, async () => {
  const { status, stdout } = await runCli(["completion", "bash"]);
  assert.equal(status, 0);
  assert.deepEqual(offered(stdout, ["l"]), ["list"]);
  assert.deepEqual(offered(stdout, ["all", "--ev"]), ["--everything"]);
  assert.deepEqual(offered(stdout, ["list", "--region", ""]), ["sg", "id", "th", "kr"]);
  assert.deepEqual(offered(stdout, ["guard", "--heartbeat", "et"]), ["etc"]);
  assert.deepEqual(offered(stdout, ["list", "--market", ""]), [""]);
  assert.deepEqual(offered(stdout, ["completion", "z"]), ["zsh"]);
  assert.ok(offered(stdout, [""]).includes("guard") && offered(stdout, ["--"]).includes("--identifier"));
});

for (const shell of ["bash", "zsh", "fish"]) {
  test(`${shell}: every command and option is there, and the shell can read it`, async () => {
    const { status, stdout, stderr } = await runCli(["completion", shell]);
    assert.deepEqual([status, stderr], [0, ""]);
    for (const command of Object.keys(commands)) assert.match(stdout, new RegExp(`\\b${command}\\b`));
    for (const { options } of [cancel, ...Object.values(commands)]) {
      for (const option of Object.keys(options)) assert.match(stdout, new RegExp(`(--|-l )${option}\\b`));
    }
    if (!installed(shell)) return;
    const { status: parsed } = spawnSync(shell, ["-n"], { input: stdout });
    assert.equal(parsed, 0);
  });
}

test("another shell or none: exit status 2", async () => {
  for (const args of [[], ["powershell"], ["bash", "zsh"], ["constructor"]]) {
    const { status, stdout, stderr } = await runCli(["completion", ...args]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /completion bash, zsh or fish/);
  }
});
