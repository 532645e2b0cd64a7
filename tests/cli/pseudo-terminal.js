// A terminal for a command, by what the system has: Python's pty module, or the script of util-linux.
import { spawnSync } from "node:child_process";

/** Lines end as in a file, and the exit status is the command's. */
const PYTHON = "import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

/** The shell gets the rest as its arguments. */
const SCRIPT = 'exec script --quiet --return --command "$(printf "\'%s\' " "$@")" /dev/null';

/** @param {string} program @param {string[]} args */
function works(program, args) {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

/**
 * What to run a command with, in front of its program and arguments.
 * @returns {[string, ...string[]]}
 */
export function pseudoTerminal() {
  if (works("python3", ["-c", "import os, pty; os.waitstatus_to_exitcode"])) return ["python3", "-c", PYTHON];
  const recorder = ["--quiet", "--return", "--command", "true", "/dev/null"];
  if (works("script", recorder)) return ["sh", "-c", SCRIPT, "sh"];
  throw new Error("This test needs a pseudo-terminal: install python3 (3.9 or newer) or util-linux's script");
}
